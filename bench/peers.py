"""Trains seeds of a toy model as notebooks and array libraries do, and times the steps.

Reads one JSON object from standard input: `kind` ("tied-relu" or "untied-softmax"), `features`, `hidden`, `rate`, `steps`,
`seeds`, `peers` (names below), `start` (a file of little-endian float32, [seeds x parameters], weight0 before weight1),
`device` ("cpu" or "cuda"). Writes one JSON line a peer: name, device, seeds, seconds, losses. Importing, loading weights, compiling and
evaluating losses are not timed.
"""

import json
import os
import sys
import time

spec = json.load(sys.stdin)
features, hidden, rate = spec["features"], spec["hidden"], spec["rate"]
tied = spec["kind"] == "tied-relu"


def weights(count):
    """Starting weights of the first seeds: [count x hidden x features] and, untied, [count x features x hidden]."""
    import numpy

    size = hidden * features
    flat = numpy.fromfile(spec["start"], dtype="<f4").reshape(spec["seeds"], -1)[:count]
    first = flat[:, :size].reshape(count, hidden, features).copy()
    return [first] if tied else [first, flat[:, size:].reshape(count, features, hidden).copy()]


def torch_device():
    import torch

    if spec["device"] == "cuda":
        return torch, torch.device("cuda"), torch.cuda.synchronize
    return torch, torch.device("cpu"), lambda: None


def quickest(torch, train):
    """Warms up, and keeps as many threads as are quickest: one, or all cores. What it runs on, in words."""
    if spec["device"] == "cuda":
        train()
        return torch.cuda.get_device_name()
    trials = []
    for threads in [1, os.cpu_count()]:
        torch.set_num_threads(threads)
        train()
        trials.append((train(), threads))
    torch.set_num_threads(min(trials)[1])
    return "best of 1 and %d threads: %d" % (os.cpu_count(), torch.get_num_threads())


def torch_one():
    """One seed after another: a module, autograd and an optimiser, as notebooks have it."""
    torch, device, synchronize = torch_device()
    functional = torch.nn.functional

    class Tied(torch.nn.Module):
        def __init__(self, w):
            super().__init__()
            self.w = torch.nn.Parameter(w)

        def forward(self, x):
            return functional.relu(x @ self.w.T @ self.w)

    class Untied(torch.nn.Module):
        def __init__(self, w, u):
            super().__init__()
            self.embed = torch.nn.Linear(features, hidden, bias=False)
            self.unembed = torch.nn.Linear(hidden, features, bias=False)
            self.embed.weight = torch.nn.Parameter(w)
            self.unembed.weight = torch.nn.Parameter(u)

        def forward(self, x):
            return self.unembed(self.embed(x))

    x = torch.eye(features, device=device)
    labels = torch.arange(features, device=device)

    def objective(model):
        out = model(x)
        return functional.mse_loss(out, x) if tied else functional.cross_entropy(out, labels)

    def train(seed, start, steps):
        model = (Tied if tied else Untied)(*[torch.tensor(w[seed], device=device) for w in start])
        optimiser = torch.optim.SGD(model.parameters(), lr=rate)
        synchronize()
        began = time.perf_counter()
        for _ in range(steps):
            optimiser.zero_grad()
            objective(model).backward()
            optimiser.step()
        synchronize()
        return time.perf_counter() - began, objective(model).item()

    count = min(4, spec["seeds"])
    start = weights(count)
    name = quickest(torch, lambda: train(0, start, 20)[0])
    runs = [train(seed, start, spec["steps"]) for seed in range(count)]
    return name, torch.__version__, count, sum(r[0] for r in runs), [r[1] for r in runs]


def batched_losses(torch, device):
    """The losses of all seeds as a function of their weights, summed or each."""
    functional = torch.nn.functional
    identity = torch.eye(features, device=device)
    labels = torch.arange(features, device=device).expand(spec["seeds"], features)

    def losses(parameters, reduction="sum"):
        # One-hot inputs: the hidden activations of all samples are the embedding itself.
        if tied:
            (w,) = parameters
            out = torch.relu(torch.bmm(w.transpose(1, 2), w))
            # The fused loss is the quickest of the ways to write this.
            return functional.mse_loss(out, identity.expand_as(out), reduction=reduction) / features**2
        w, u = parameters
        return functional.cross_entropy(torch.bmm(u, w), labels, reduction=reduction) / features

    return losses


def torch_batched():
    """All seeds in one tensor, the sum of their losses, gradients by autograd."""
    torch, device, synchronize = torch_device()
    losses = batched_losses(torch, device)

    def train(steps):
        parameters = [torch.tensor(w, device=device, requires_grad=True) for w in weights(spec["seeds"])]
        synchronize()
        began = time.perf_counter()
        for _ in range(steps):
            gradients = torch.autograd.grad(losses(parameters), parameters)
            with torch.no_grad():
                for p, g in zip(parameters, gradients):
                    p.sub_(g, alpha=rate)
        synchronize()
        seconds = time.perf_counter() - began
        return seconds, losses(parameters, "none").flatten(start_dim=1).sum(dim=1).tolist()

    name = quickest(torch, lambda: train(10)[0])
    seconds, ends = train(spec["steps"])
    return name, torch.__version__, spec["seeds"], seconds, ends


def torch_compiled():
    """A whole step of the batch, with torch.func's gradients, through torch.compile, which fuses what it can."""
    torch, device, synchronize = torch_device()
    losses = batched_losses(torch, device)
    gradients = torch.func.grad(losses)

    @torch.compile
    def step(parameters):
        return [p - rate * g for p, g in zip(parameters, gradients(parameters))]

    def train(steps):
        parameters = [torch.tensor(w, device=device) for w in weights(spec["seeds"])]
        synchronize()
        began = time.perf_counter()
        for _ in range(steps):
            parameters = step(parameters)
        synchronize()
        seconds = time.perf_counter() - began
        return seconds, losses(parameters, "none").flatten(start_dim=1).sum(dim=1).tolist()

    name = quickest(torch, lambda: train(10)[0])
    seconds, ends = train(spec["steps"])
    return name, torch.__version__, spec["seeds"], seconds, ends


def jax_jitted():
    """vmap over seeds of grad, scanned over the steps and jitted; compiled before the clock starts."""
    import jax
    import jax.numpy as np

    # Else GPUs multiply with ten bits, which is not the same work.
    jax.config.update("jax_default_matmul_precision", "highest")
    device = jax.devices("gpu" if spec["device"] == "cuda" else "cpu")[0]
    identity = np.eye(features)

    def loss(parameters):
        if tied:
            (w,) = parameters
            return np.mean((np.maximum(w.T @ w, 0) - identity) ** 2)
        w, u = parameters
        # Columns are samples.
        return -np.mean(np.diagonal(jax.nn.log_softmax(u @ w, axis=0)))

    gradients = jax.vmap(jax.grad(loss))

    def step(parameters, now):
        return [p - now * g for p, g in zip(parameters, gradients(parameters))], None

    start = [jax.device_put(w, device) for w in weights(spec["seeds"])]
    rates = jax.device_put(np.full(spec["steps"], rate, dtype=np.float32), device)
    compiled = jax.jit(lambda p, r: jax.lax.scan(step, p, r)[0]).lower(start, rates).compile()
    jax.block_until_ready(compiled(start, rates))
    began = time.perf_counter()
    end = jax.block_until_ready(compiled(start, rates))
    seconds = time.perf_counter() - began
    return device.device_kind, jax.__version__, spec["seeds"], seconds, jax.vmap(loss)(end).tolist()


peers = {"torch-one": torch_one, "torch-batched": torch_batched, "torch-compiled": torch_compiled, "jax": jax_jitted}
for peer in spec["peers"]:
    device, version, seeds, seconds, losses = peers[peer]()
    found = {"peer": peer, "device": device, "version": version, "seeds": seeds, "seconds": seconds, "losses": losses}
    print(json.dumps(found), flush=True)
