#!/usr/bin/env python3
"""Writes the parity fixture: a small GPT-2 in PyTorch, its weights, tokens, losses, gradients and trained weights.

Run with a Python that has torch (Debian: python3-torch):  python3 scripts/parity/gpt.py
The model computes what Hugging Face's GPT2LMHeadModel computes: pre-LN blocks, learned positions, tanh GELU, weights of the
projections stored [in, out], tied embedding, layer-norm epsilon 1e-5. Everything is seeded; two runs write the same bytes.
"""
import math

import torch
import torch.nn.functional as functional

from training import write_fixture

MODEL = {"vocab": 61, "context": 24, "layers": 3, "heads": 3, "width": 36}
BATCH, BATCHES = 4, 7


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


def loss_of(weights, batch):
    logits = logits_of(weights, batch[:, :-1])
    return functional.cross_entropy(logits.reshape(-1, MODEL["vocab"]), batch[:, 1:].reshape(-1))


def main():
    generator = torch.Generator().manual_seed(1337)
    initial = initial_weights(generator)
    write_fixture("gpt-parity", MODEL, BATCH, loss_of, initial, make_tokens(generator))


if __name__ == "__main__":
    main()
