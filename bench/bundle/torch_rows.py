"""Times torch.nn.LSTM and GRU on the rows of a file, one JSON object a line.

A row: cell N T H layers direction precision, as BenchRow.words() writes it. Milliseconds are medians;
`graphs` is the training step captured as a CUDA graph, null where that fails.
"""

import json
import sys
import time

import torch

ROUNDS = 5


def median(call):
    for _ in range(3):
        call()
    torch.cuda.synchronize()
    start = time.perf_counter()
    call()
    torch.cuda.synchronize()
    once = (time.perf_counter() - start) * 1e3
    runs = int(max(2, min(200, 20 / max(once, 0.01))))
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(runs):
            call()
        torch.cuda.synchronize()
        rounds.append((time.perf_counter() - start) * 1e3 / runs)
    return sorted(rounds)[ROUNDS // 2]


def graphed(step):
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            step()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return median(graph.replay)


def run(words):
    cell, n, t, h, layers, direction, precision = words.split()
    n, t, h, layers = int(n), int(t), int(h), int(layers)
    torch.backends.cudnn.allow_tf32 = precision == "TF32"
    torch.backends.cuda.matmul.allow_tf32 = precision == "TF32"
    dtype = {"F16": torch.float16, "BF16": torch.bfloat16}.get(precision, torch.float32)
    kind = {"LSTM": torch.nn.LSTM, "GRU": torch.nn.GRU}[cell]
    net = kind(h, h, layers, bidirectional=direction == "BIDIRECTIONAL").to("cuda", dtype)
    net.flatten_parameters()
    x = torch.randn(t, n, h, device="cuda", dtype=dtype, requires_grad=True)
    dy = torch.randn(t, n, h * (2 if net.bidirectional else 1), device="cuda", dtype=dtype)

    def forward():
        with torch.no_grad():
            net(x)

    def step():
        y, _ = net(x)
        torch.autograd.backward(y, dy)

    result = {"row": words, "forward": median(forward), "training": median(step)}
    try:
        result["graphs"] = graphed(step)
    except RuntimeError as e:
        result["graphs"] = None
        result["why"] = str(e).splitlines()[0]
    return result


def main():
    print(json.dumps({"torch": torch.__version__, "cudnn": torch.backends.cudnn.version()}))
    for words in open(sys.argv[1], encoding="utf-8"):
        try:
            print(json.dumps(run(words.strip())), flush=True)
        except RuntimeError as e:
            print(json.dumps({"row": words.strip(), "failed": str(e).splitlines()[0]}), flush=True)
            torch.cuda.empty_cache()


if __name__ == "__main__":
    main()
