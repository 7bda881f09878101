"""What the parity fixtures share: 20 steps of AdamW in PyTorch with warm-up, decay and clipping, and the files."""
import json
import math
import struct
from pathlib import Path

import torch

FIXTURES = Path(__file__).resolve().parents[2] / "src" / "testing" / "fixtures"
STEPS = 20
OPTIMIZER = {"learningRate": 0.01, "beta1": 0.9, "beta2": 0.95, "epsilon": 1e-8, "weightDecay": 0.1, "clip": 1.0}
WARMUP, FINAL_RATIO = 5, 0.1


def cosine_rate(step):
    """Learning rate of a step, from 1: linear warm-up, then half a cosine."""
    peak = OPTIMIZER["learningRate"]
    if step <= WARMUP:
        return peak * step / WARMUP
    progress = (step - WARMUP) / (STEPS - WARMUP)
    return peak * (FINAL_RATIO + (1 - FINAL_RATIO) * 0.5 * (1 + math.cos(math.pi * progress)))


def train(loss_of, initial, batches, rate_of, dtype):
    """Losses, gradient norms before clipping, gradients of step 1, and the weights at the end."""
    weights = {name: value.to(dtype).clone().requires_grad_() for name, value in initial.items()}
    decayed = [w for w in weights.values() if w.ndim >= 2]
    others = [w for w in weights.values() if w.ndim < 2]
    groups = [{"params": decayed, "weight_decay": OPTIMIZER["weightDecay"]}, {"params": others, "weight_decay": 0.0}]
    betas = (OPTIMIZER["beta1"], OPTIMIZER["beta2"])
    optimizer = torch.optim.AdamW(groups, lr=1.0, betas=betas, eps=OPTIMIZER["epsilon"])
    losses, gradient_norms, first = [], [], {}
    for step in range(1, STEPS + 1):
        loss = loss_of(weights, batches[(step - 1) % len(batches)])
        optimizer.zero_grad()
        loss.backward()
        if step == 1:
            first = {name: w.grad.clone() for name, w in weights.items()}
        gradient_norms.append(torch.nn.utils.clip_grad_norm_(list(weights.values()), OPTIMIZER["clip"]).item())
        for group in optimizer.param_groups:
            group["lr"] = rate_of(step)
        optimizer.step()
        losses.append(loss.item())
    return losses, gradient_norms, first, {name: w.detach() for name, w in weights.items()}


def write_safetensors(path, tensors):
    header, blobs, offset = {"__metadata__": {"format": "pt"}}, [], 0
    for name, tensor in tensors.items():
        values = tensor.detach().to(torch.float32).contiguous().flatten().tolist()
        blobs.append(struct.pack(f"<{len(values)}f", *values))
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blobs[-1])]}
        offset += len(blobs[-1])
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def write_fixture(name, model, batch, loss_of, initial, batches):
    """Trains in float32, and in float64 to tell how far rounding alone leads; `loss_of(weights, batch)` is the model."""
    torch.set_num_threads(1)
    scheduled = train(loss_of, initial, batches, cosine_rate, torch.float32)
    double = train(loss_of, initial, batches, cosine_rate, torch.float64)
    constant = train(loss_of, initial, batches, lambda step: OPTIMIZER["learningRate"], torch.float32)
    worst = max(abs(a / b - 1) for a, b in zip(scheduled[0], double[0]))
    print(f"{name}: losses {scheduled[0][0]:.4f} to {scheduled[0][-1]:.4f}, float32 off float64 by at most {worst:.1e}")
    print("  norms", " ".join(f"{norm:.2f}" for norm in scheduled[1]))
    out = FIXTURES / name
    out.mkdir(parents=True, exist_ok=True)
    write_safetensors(out / "weights.safetensors", initial)
    write_safetensors(out / "gradients.safetensors", scheduled[2])
    write_safetensors(out / "trained.safetensors", constant[3])
    flat = batches.flatten().tolist()
    (out / "tokens.i32").write_bytes(struct.pack(f"<{len(flat)}i", *flat))
    config = {"model": model, "batch": batch, "optimizer": OPTIMIZER}
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    expected = {
        "schedule": {"kind": "cosine", "warmupSteps": WARMUP, "totalSteps": STEPS, "finalRatio": FINAL_RATIO},
        "learningRates": [cosine_rate(step) for step in range(1, STEPS + 1)],
        "losses": scheduled[0],
        "gradientNorms": scheduled[1],
        "constantRateLosses": constant[0],
    }
    (out / "expected.json").write_text(json.dumps(expected, indent=2) + "\n")
