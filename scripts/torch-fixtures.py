#!/usr/bin/env python3
"""Writes the PyTorch fixtures that the tests of models and engines are held to: src/train/fixtures/{initial,trained}.json.

The tests read the files only, so nobody needs PyTorch unless a case is added. Made with Debian 12's package
`python3-torch` 1.13.1 (which calls itself 1.13.0a0), on CPU:

    sudo apt install python3-torch && /usr/bin/python3 scripts/torch-fixtures.py

A processor with AVX2 is needed: without it PyTorch's uniform draws are not fused and differ in their last bits.

A case describes its model in the words of src/models/model.ts. The data is always one-hot. Parameters are flat, in the order
weight0, bias0, weight1, bias1, ..., scale, each matrix row-major.
"""
import hashlib
import json
import math
import pathlib

import torch
from torch import nn

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "src" / "train" / "fixtures"
if "NO AVX" in torch.__config__.show():
    raise SystemExit("this processor has no AVX2 (or ATEN_CPU_CAPABILITY=default is set): the draws would not be fused")
HEADER = {"script": "scripts/torch-fixtures.py", "torch": torch.__version__, "package": "Debian python3-torch 1.13.1"}
SEEDS = [0, 142, 200, 3_000_000_019, 2**32 + 7]
SHAPES = [(5, 2), (10, 2), (20, 3), (40, 2), (100, 10)]


def model(sizes, nonlinearities=None, biases=None, tied=False, loss="mse", unit_norm=False, scale=None, scheme="torch"):
    layers = len(sizes) - 1
    nonlinearities = nonlinearities or ["identity"] * layers
    biases = biases or [False] * layers
    return {
        "sizes": sizes,
        "layers": [{"nonlinearity": f, "bias": b} for f, b in zip(nonlinearities, biases)],
        "tied": tied,
        "unitNorm": unit_norm,
        "scale": scale,
        "loss": loss,
        "initialisation": {"scheme": scheme},
    }


def initialise(m, seed):
    """The parameters by name, in order; nn.Linear does the drawing."""
    torch.manual_seed(seed)
    parameters = {}
    last = len(m["layers"]) - 1
    for i, layer in enumerate(m["layers"]):
        if m["tied"] and i == last and m["initialisation"]["scheme"] == "torch-tied-bias":
            if layer["bias"]:
                bound = 1 / math.sqrt(m["sizes"][0])
                parameters[f"bias{i}"] = nn.init.uniform_(nn.Parameter(torch.empty(m["sizes"][-1])), -bound, bound)
            continue
        linear = nn.Linear(m["sizes"][i], m["sizes"][i + 1], bias=layer["bias"])
        if not (m["tied"] and i == last):
            parameters[f"weight{i}"] = linear.weight
        if layer["bias"]:
            parameters[f"bias{i}"] = linear.bias
    if m["scale"] is not None:
        parameters["scale"] = nn.Parameter(torch.tensor(float(m["scale"])))
    return parameters


def flat(parameters):
    return torch.cat([p.detach().reshape(-1) for p in parameters.values()])


def numbers(tensor):
    return [float(x) for x in tensor]


def initial_case(m, seed):
    start = flat(initialise(m, seed)).numpy().astype("<f4")
    return {
        "model": m,
        "seed": seed,
        "size": len(start),
        "first": numbers(start[:4]),
        "last": numbers(start[-4:]),
        # Of all the numbers as little-endian float32.
        "sha256": hashlib.sha256(start.tobytes()).hexdigest(),
    }


def initial_cases():
    for n, d in SHAPES:
        for m in [
            model([n, d, n], tied=True),
            model([n, d, n], biases=[False, True], tied=True),
            model([n, d, n], biases=[False, True], tied=True, scheme="torch-tied-bias"),
            model([n, d, n], biases=[True, True]),
            model([n, d, n]),
        ]:
            for seed in SEEDS:
                yield initial_case(m, seed)
    yield initial_case(model([6, 8, 2, 8, 6], biases=[True, False, True, True]), 200)
    yield initial_case(model([6, 3, 3, 6], biases=[True, True, True], tied=True), 200)


def rates(steps, initial, max, final, warmup):
    rising = math.floor(steps * warmup)
    decay = (final / max) ** (1 / (steps * (1 - warmup)))
    up = [initial + (max - initial) * t / rising for t in range(rising)]
    return up + [max * decay**t for t in range(steps - rising)]


def forward(m, parameters):
    """Outputs for the identity matrix of inputs, a row a sample."""
    functions = {"identity": lambda x: x, "relu": torch.relu, "gelu": nn.functional.gelu}
    last = len(m["layers"]) - 1
    x = torch.eye(m["sizes"][0], dtype=parameters["weight0"].dtype)
    for i, layer in enumerate(m["layers"]):
        weight = parameters["weight0"].T if m["tied"] and i == last else parameters[f"weight{i}"]
        x = functions[layer["nonlinearity"]](nn.functional.linear(x, weight, parameters.get(f"bias{i}")))
    return parameters["scale"] * x if "scale" in parameters else x


def mean_loss(m, parameters):
    y = forward(m, parameters)
    if m["loss"] == "mse":
        return nn.functional.mse_loss(y, torch.eye(len(y), dtype=y.dtype))
    return nn.functional.cross_entropy(y, torch.arange(len(y)))


def project(m, parameters):
    if m["unitNorm"]:
        with torch.no_grad():
            parameters["weight0"].div_(parameters["weight0"].norm(dim=0))


def train(m, parameters, schedule):
    optimiser = torch.optim.SGD(parameters.values(), lr=1.0)
    for rate in schedule:
        optimiser.param_groups[0]["lr"] = rate
        project(m, parameters)
        optimiser.zero_grad()
        mean_loss(m, parameters).backward()
        optimiser.step()
    project(m, parameters)
    return flat(parameters), mean_loss(m, parameters).item()


def trained_case(name, m, seed, rate):
    steps = 1000
    schedule = rates(steps, **rate)
    start = initialise(m, seed)
    project(m, start)
    before = flat(start)
    end, loss = train(m, start, schedule)
    # A case is of use only if float32's rounding does not decide where it ends: the same in float64, for the eye.
    double = {k: nn.Parameter(p.detach().double()) for k, p in initialise(m, seed).items()}
    spread = (train(m, double, schedule)[0] - end).abs().max()
    print(f"{name:45} loss {loss:.6f}  moved {(end - before).abs().max():.3f}  float64 differs by {spread:.1e}")
    return {
        "name": name,
        "model": m,
        "seed": seed,
        "steps": steps,
        "rate": rate,
        "loss": loss,
        "parameters": numbers(end),
    }


def trained_cases():
    fast = {"initial": 0.005, "max": 2.0, "final": 0.1, "warmup": 0.05}
    slow = {"initial": 0.01, "max": 0.5, "final": 0.5, "warmup": 0.05}
    relu, gelu, linear = ["identity", "relu"], ["identity", "gelu"], ["identity", "identity"]
    end, both = [False, True], [True, True]
    yield trained_case("tied ReLU", model([10, 2, 10], relu, tied=True), 0, fast)
    yield trained_case("tied GELU", model([10, 2, 10], gelu, tied=True), 142, fast)
    yield trained_case("tied ReLU, output bias", model([10, 2, 10], relu, end, tied=True), 200, fast)
    m = model([10, 2, 10], relu, end, tied=True, scheme="torch-tied-bias")
    yield trained_case("tied ReLU, output bias (torch-tied-bias)", m, 200, fast)
    yield trained_case("untied ReLU, both biases", model([8, 3, 8], relu, both), 3_000_000_019, fast)
    yield trained_case("untied softmax", model([12, 2, 12], linear, loss="cross-entropy"), 1, fast)
    m = model([6, 2, 6], linear, end, tied=True, loss="cross-entropy")
    yield trained_case("tied softmax, output bias", m, 2, slow)
    m = model([7, 2, 7], relu, tied=True, unit_norm=True, scale=1.0)
    yield trained_case("tied ReLU, unit norm and scale", m, 3, fast)
    m = model([7, 2, 7], relu, end, tied=True, unit_norm=True, scale=1.5, scheme="torch-tied-bias")
    yield trained_case("tied ReLU, unit norm, scale and output bias", m, 4, fast)
    m = model([6, 8, 2, 8, 6], ["identity"] * 3 + ["relu"])
    yield trained_case("linear chain, final ReLU", m, 5, fast)


def write(name, cases):
    lines = ",\n".join(json.dumps(case) for case in cases)
    header = "".join(f"{json.dumps(k)}: {json.dumps(v)},\n" for k, v in HEADER.items())
    (FIXTURES / name).write_text("{\n" + header + '"cases": [\n' + lines + "\n]\n}\n")


FIXTURES.mkdir(parents=True, exist_ok=True)
write("initial.json", initial_cases())
write("trained.json", trained_cases())
