#!/usr/bin/env python3
"""Writes the parity fixture: a small GPT-2 in PyTorch, its weights, tokens, losses, gradients and trained weights.

Run with a Python that has torch (Debian: python3-torch):  python3 scripts/parity/gpt.py
The model computes what Hugging Face's GPT2LMHeadModel computes: pre-LN blocks, learned positions, tanh GELU, weights of the
projections stored [in, out], tied embedding, layer-norm epsilon 1e-5. Everything is seeded; two runs write the same bytes.
"""
import json
import math
import struct
from pathlib import Path

import torch
import torch.nn.functional as functional

OUT = Path(__file__).resolve().parents[2] / "src" / "testing" / "fixtures" / "gpt-parity"
MODEL = {"vocab": 61, "context": 24, "layers": 3, "heads": 3, "width": 36}
BATCH, BATCHES, STEPS = 4, 7, 20
OPTIMIZER = {"learningRate": 0.01, "beta1": 0.9, "beta2": 0.95, "epsilon": 1e-8, "weightDecay": 0.1, "clip": 1.0}
WARMUP, TOTAL, FINAL_RATIO = 5, 20, 0.1


def initial_weights(generator):
    """Names as GPT2LMHeadModel saves them. Biases and layer norms are random too, so that each one matters."""
    vocab, context, width = MODEL["vocab"], MODEL["context"], MODEL["width"]

    def normal(shape, deviation, mean=0.0):
        return mean + deviation * torch.randn(shape, generator=generator)

    weights = {"wte.weight": normal((vocab, width), 0.08), "wpe.weight": normal((context, width), 0.08)}
    for layer in range(MODEL["layers"]):
        for name, shape in [
            ("attn.c_attn", (width, 3 * width)),
            ("attn.c_proj", (width, width)),
            ("mlp.c_fc", (width, 4 * width)),
            ("mlp.c_proj", (4 * width, width)),
        ]:
            weights[f"h.{layer}.{name}.weight"] = normal(shape, 0.1)
            weights[f"h.{layer}.{name}.bias"] = normal(shape[1:], 0.05)
        for name in ("ln_1", "ln_2"):
            weights[f"h.{layer}.{name}.weight"] = normal((width,), 0.1, 1.0)
            weights[f"h.{layer}.{name}.bias"] = normal((width,), 0.05)
    weights["ln_f.weight"] = normal((width,), 0.1, 1.0)
    weights["ln_f.bias"] = normal((width,), 0.05)
    return {f"transformer.{name}": value for name, value in weights.items()}


def logits_of(weights, tokens):
    """tokens [B, T] -> logits [B, T, V]"""
    get = lambda name: weights[f"transformer.{name}"]
    width, heads = MODEL["width"], MODEL["heads"]
    batch, length = tokens.shape
    norm = lambda x, name: functional.layer_norm(x, (width,), get(f"{name}.weight"), get(f"{name}.bias"), 1e-5)
    project = lambda x, name: x @ get(f"{name}.weight") + get(f"{name}.bias")
    hidden_later = torch.triu(torch.ones(length, length, dtype=torch.bool), 1)
    x = get("wte.weight")[tokens] + get("wpe.weight")[:length]
    for layer in range(MODEL["layers"]):
        block = f"h.{layer}"
        qkv = project(norm(x, f"{block}.ln_1"), f"{block}.attn.c_attn")
        q, k, v = [part.view(batch, length, heads, -1).transpose(1, 2) for part in qkv.split(width, dim=2)]
        scores = (q @ k.transpose(2, 3)) / math.sqrt(width // heads)
        mixed = scores.masked_fill(hidden_later, -math.inf).softmax(-1) @ v
        x = x + project(mixed.transpose(1, 2).reshape(batch, length, width), f"{block}.attn.c_proj")
        u = project(norm(x, f"{block}.ln_2"), f"{block}.mlp.c_fc")
        g = 0.5 * u * (1 + torch.tanh(math.sqrt(2 / math.pi) * (u + 0.044715 * u**3)))
        x = x + project(g, f"{block}.mlp.c_proj")
    return norm(x, "ln_f") @ get("wte.weight").T


def make_tokens(generator):
    """Sequences with some order in them: mostly small steps from token to token. [batches, batch, context + 1]"""
    steps = torch.randint(1, 5, (BATCHES, BATCH, MODEL["context"] + 1), generator=generator)
    noise = torch.randint(0, MODEL["vocab"], steps.shape, generator=generator)
    walk = steps.cumsum(-1) % MODEL["vocab"]
    return torch.where(noise % 5 == 0, noise, walk)


def cosine_rate(step):
    """Learning rate of a step, from 1: linear warm-up, then half a cosine."""
    peak = OPTIMIZER["learningRate"]
    if step <= WARMUP:
        return peak * step / WARMUP
    progress = (step - WARMUP) / (TOTAL - WARMUP)
    return peak * (FINAL_RATIO + (1 - FINAL_RATIO) * 0.5 * (1 + math.cos(math.pi * progress)))


def train(initial, tokens, rate_of, dtype):
    """Losses, gradient norms before clipping, gradients of step 1, and the weights at the end."""
    weights = {name: value.to(dtype).clone().requires_grad_() for name, value in initial.items()}
    decayed = [w for w in weights.values() if w.ndim >= 2]
    others = [w for w in weights.values() if w.ndim < 2]
    groups = [{"params": decayed, "weight_decay": OPTIMIZER["weightDecay"]}, {"params": others, "weight_decay": 0.0}]
    betas = (OPTIMIZER["beta1"], OPTIMIZER["beta2"])
    optimizer = torch.optim.AdamW(groups, lr=1.0, betas=betas, eps=OPTIMIZER["epsilon"])
    losses, norms, first = [], [], {}
    for step in range(1, STEPS + 1):
        batch = tokens[(step - 1) % BATCHES]
        logits = logits_of(weights, batch[:, :-1])
        loss = functional.cross_entropy(logits.reshape(-1, MODEL["vocab"]), batch[:, 1:].reshape(-1))
        optimizer.zero_grad()
        loss.backward()
        if step == 1:
            first = {name: w.grad.clone() for name, w in weights.items()}
        norms.append(torch.nn.utils.clip_grad_norm_(list(weights.values()), OPTIMIZER["clip"]).item())
        for group in optimizer.param_groups:
            group["lr"] = rate_of(step)
        optimizer.step()
        losses.append(loss.item())
    return losses, norms, first, {name: w.detach() for name, w in weights.items()}


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


def main():
    torch.manual_seed(0)
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(1337)
    initial = initial_weights(generator)
    tokens = make_tokens(generator)
    scheduled = train(initial, tokens, cosine_rate, torch.float32)
    double = train(initial, tokens, cosine_rate, torch.float64)
    constant = train(initial, tokens, lambda step: OPTIMIZER["learningRate"], torch.float32)
    worst = max(abs(a / b - 1) for a, b in zip(scheduled[0], double[0]))
    print(f"losses {scheduled[0][0]:.4f} to {scheduled[0][-1]:.4f}, float32 off float64 by at most {worst:.1e}")
    print("norms", " ".join(f"{norm:.2f}" for norm in scheduled[1]))
    OUT.mkdir(parents=True, exist_ok=True)
    write_safetensors(OUT / "weights.safetensors", initial)
    write_safetensors(OUT / "gradients.safetensors", scheduled[2])
    write_safetensors(OUT / "trained.safetensors", constant[3])
    flat = tokens.flatten().tolist()
    (OUT / "tokens.i32").write_bytes(struct.pack(f"<{len(flat)}i", *flat))
    config = {"model": MODEL, "batch": BATCH, "optimizer": OPTIMIZER}
    (OUT / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    expected = {
        "schedule": {"kind": "cosine", "warmupSteps": WARMUP, "totalSteps": TOTAL, "finalRatio": FINAL_RATIO},
        "learningRates": [cosine_rate(step) for step in range(1, STEPS + 1)],
        "losses": scheduled[0],
        "gradientNorms": scheduled[1],
        "constantRateLosses": constant[0],
    }
    (OUT / "expected.json").write_text(json.dumps(expected, indent=2) + "\n")


if __name__ == "__main__":
    main()
