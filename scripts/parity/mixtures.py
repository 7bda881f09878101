#!/usr/bin/env python3
"""Writes the parity fixtures of BERT and of three mixtures: weights, tokens, losses, gradients, and trained weights.

Run with a Python that has torch (Debian: python3-torch):  python3 scripts/parity/mixtures.py
`bert` computes what Hugging Face's BertForMaskedLM computes: post-LN, learned positions, token types (all 0), erf GELU,
weights [out, in], head of dense, GELU, layer norm and tied decoder with bias, layer-norm epsilon 1e-12. The others mix:
layer norm before or after, causal or bidirectional attention, other positions. Two runs write the same bytes.
"""
import math

import torch
import torch.nn.functional as functional

from training import write_fixture

SIZES = {"vocab": 45, "context": 16, "layers": 2, "heads": 3, "width": 24}
BATCH, BATCHES = 4, 6
IGNORED, MASK = -100, SIZES["vocab"] - 1

STYLES = {
    "bert-parity": {"family": "bert", "norm": "post", "attention": "bidirectional", "positions": "learned"},
    "bert-pre-rotary-parity": {"family": "bert", "norm": "pre", "attention": "causal", "positions": "rotary"},
    "gpt-pre-rotary-parity": {"family": "gpt", "norm": "pre", "attention": "causal", "positions": "rotary"},
    "gpt-post-sinusoidal-parity": {
        "family": "gpt",
        "norm": "post",
        "attention": "bidirectional",
        "positions": "sinusoidal",
    },
}


def linears(style, layer):
    """Part of a block -> name in files. Attention's three inputs are one layer in GPT-2, three in BERT."""
    if style["family"] == "gpt":
        block = f"transformer.h.{layer}"
        parts = {"qkv": "attn.c_attn", "mix": "attn.c_proj", "widen": "mlp.c_fc", "narrow": "mlp.c_proj"}
    else:
        block = f"bert.encoder.layer.{layer}"
        parts = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value"}
        parts |= {"mix": "attention.output.dense", "widen": "intermediate.dense", "narrow": "output.dense"}
    return {part: f"{block}.{name}" for part, name in parts.items()}


def norms(style, layer):
    if style["family"] == "gpt":
        return [f"transformer.h.{layer}.ln_1", f"transformer.h.{layer}.ln_2"]
    block = f"bert.encoder.layer.{layer}"
    return [f"{block}.attention.output.LayerNorm", f"{block}.output.LayerNorm"]


def final_norm(style):
    return "transformer.ln_f" if style["family"] == "gpt" else "bert.encoder.LayerNorm"


def table(style, what):
    if style["family"] == "gpt":
        return {"tokens": "transformer.wte.weight", "positions": "transformer.wpe.weight"}[what]
    names = {"tokens": "word_embeddings", "positions": "position_embeddings", "types": "token_type_embeddings"}
    return f"bert.embeddings.{names[what]}.weight"


def initial_weights(style, generator):
    """Biases and layer norms are random too, so that each one matters."""
    vocab, context, width = SIZES["vocab"], SIZES["context"], SIZES["width"]
    is_bert = style["family"] == "bert"
    weights = {}

    def normal(name, shape, deviation, mean=0.0):
        weights[name] = mean + deviation * torch.randn(shape, generator=generator)

    def norm(name):
        normal(f"{name}.weight", (width,), 0.1, 1.0)
        normal(f"{name}.bias", (width,), 0.05)

    def linear(name, inputs, outputs):
        normal(f"{name}.weight", (outputs, inputs) if is_bert else (inputs, outputs), 0.1)
        normal(f"{name}.bias", (outputs,), 0.05)

    normal(table(style, "tokens"), (vocab, width), 0.08)
    if style["positions"] == "learned":
        normal(table(style, "positions"), (context, width), 0.08)
    if is_bert:
        normal(table(style, "types"), (2, width), 0.08)
        norm("bert.embeddings.LayerNorm")
    sizes = {"qkv": (1, 3), "q": (1, 1), "k": (1, 1), "v": (1, 1), "mix": (1, 1), "widen": (1, 4), "narrow": (4, 1)}
    for layer in range(SIZES["layers"]):
        for part, name in linears(style, layer).items():
            linear(name, sizes[part][0] * width, sizes[part][1] * width)
        for name in norms(style, layer):
            norm(name)
    if style["norm"] == "pre":
        norm(final_norm(style))
    if is_bert:
        linear("cls.predictions.transform.dense", width, width)
        norm("cls.predictions.transform.LayerNorm")
        normal("cls.predictions.bias", (vocab,), 0.05)
    return weights


def sinusoids(length, width):
    """Vaswani et al. 2017, scaled to the root mean square of freshly drawn token vectors of this width."""
    deviation = min(0.05, max(0.02, 0.02 * math.sqrt(768 / width)))
    angles = torch.arange(length)[:, None] / 10_000 ** (torch.arange(0, width, 2) / width)
    waves = torch.stack([angles.sin(), angles.cos()], -1).flatten(1)
    return deviation * math.sqrt(2) * waves


def rotated(x):
    """Rotary positions (Su et al. 2021) on x [B, H, T, D]; a pair is (d, d + D/2)."""
    length, half = x.shape[2], x.shape[3] // 2
    angles = torch.arange(length)[:, None] * 10_000 ** (-torch.arange(half) / half)
    cosine, sine = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * cosine - b * sine, b * cosine + a * sine], -1)


def logits_of(style, weights, tokens):
    """tokens [B, T] -> logits [B, T, V]"""
    is_bert = style["family"] == "bert"
    width, heads = SIZES["width"], SIZES["heads"]
    batch, length = tokens.shape
    epsilon = 1e-12 if is_bert else 1e-5

    def norm(x, name):
        return functional.layer_norm(x, (width,), weights[f"{name}.weight"], weights[f"{name}.bias"], epsilon)

    def project(x, name):
        weight = weights[f"{name}.weight"]
        return x @ (weight.T if is_bert else weight) + weights[f"{name}.bias"]

    def attend(x, names):
        projected = project(x, names["qkv"]).split(width, 2) if "qkv" in names else [project(x, names[p]) for p in "qkv"]
        q, k, v = [part.view(batch, length, heads, -1).transpose(1, 2) for part in projected]
        if style["positions"] == "rotary":
            q, k = rotated(q), rotated(k)
        scores = (q @ k.transpose(2, 3)) / math.sqrt(width // heads)
        if style["attention"] == "causal":
            scores = scores.masked_fill(torch.triu(torch.ones(length, length, dtype=torch.bool), 1), -math.inf)
        return project((scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, width), names["mix"])

    def process(x, names):
        hidden = functional.gelu(project(x, names["widen"]), approximate="none" if is_bert else "tanh")
        return project(hidden, names["narrow"])

    def residual(x, branch, names, norm_name):
        return x + branch(norm(x, norm_name), names) if style["norm"] == "pre" else norm(x + branch(x, names), norm_name)

    x = weights[table(style, "tokens")][tokens]
    if style["positions"] == "learned":
        x = x + weights[table(style, "positions")][:length]
    if style["positions"] == "sinusoidal":
        x = x + sinusoids(length, width).to(x.dtype)
    if is_bert:
        x = norm(x + weights[table(style, "types")][0], "bert.embeddings.LayerNorm")
    for layer in range(SIZES["layers"]):
        names, (first, second) = linears(style, layer), norms(style, layer)
        x = residual(residual(x, attend, names, first), process, names, second)
    if style["norm"] == "pre":
        x = norm(x, final_norm(style))
    if not is_bert:
        return x @ weights[table(style, "tokens")].T
    x = functional.gelu(project(x, "cls.predictions.transform.dense"))
    x = norm(x, "cls.predictions.transform.LayerNorm")
    return x @ weights[table(style, "tokens")].T + weights["cls.predictions.bias"]


def make_walks(generator, length):
    """Sequences with some order in them: mostly small steps from token to token, [MASK] aside."""
    steps = torch.randint(1, 5, (BATCHES, BATCH, length), generator=generator)
    noise = torch.randint(0, MASK, steps.shape, generator=generator)
    return torch.where(noise % 5 == 0, noise, steps.cumsum(-1) % MASK)


def make_batches(style, generator):
    """int32 [batches, batch, 2, context] for BERT: ids, then labels; [batches, batch, context + 1] for GPT."""
    if style["family"] == "gpt":
        return make_walks(generator, SIZES["context"] + 1)
    tokens = make_walks(generator, SIZES["context"])
    masked = torch.rand(tokens.shape, generator=generator) < 0.2
    masked[:, 0, 3] = True
    draw = torch.rand(tokens.shape, generator=generator)
    noise = torch.randint(0, MASK, tokens.shape, generator=generator)
    shown = torch.where(draw < 0.8, MASK, torch.where(draw < 0.9, noise, tokens))
    ids = torch.where(masked, shown, tokens)
    labels = torch.where(masked, tokens, IGNORED)
    return torch.stack([ids, labels], 2)


def loss_of(style, weights, batch):
    """Mean over the positions that count."""
    ids, labels = (batch[:, :-1], batch[:, 1:]) if style["family"] == "gpt" else (batch[:, 0], batch[:, 1])
    logits = logits_of(style, weights, ids)
    return functional.cross_entropy(logits.reshape(-1, SIZES["vocab"]), labels.reshape(-1), ignore_index=IGNORED)


def main():
    for name, style in STYLES.items():
        generator = torch.Generator().manual_seed(1337)
        initial = initial_weights(style, generator)
        batches = make_batches(style, generator)
        loss = lambda weights, batch: loss_of(style, weights, batch)
        write_fixture(name, {**SIZES, **style}, BATCH, loss, initial, batches)


if __name__ == "__main__":
    main()
