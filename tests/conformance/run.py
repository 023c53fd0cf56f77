#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs cases of the ONNX backend test suite through dnncc, the way a user would.

A case is a folder with model.onnx and test_data_set_N; it is built with

    dnncc build CASE/model.onnx -t TARGET -o EXE --data CASE/test_data_set_0

and judged by EXE --data CASE.  Every case ends in one of four ways:

    PASS     it computes what the suite expects
    REFUSED  dnncc said that it does not support this, and why
    RANDOM   its results are random (DRAWN below): of the right type and shape, zeros and ones
    FAIL     anything else: a crash, a hang, C that does not compile, a wrong result

but for those whose data are wrong (WRONG below), which may fail.

Results are kept in OUT/results.tsv as they come, so that a stopped run goes on where it was, and
start afresh when dnncc or the options have changed.  OUT/summary.txt counts them by operator and
by reason.  Exits 1 if a case failed, or one that --table says passes was refused.

TABLE, kept beside this file, lists the cases of a suite that do not pass and why; --update writes it
anew from this run, which must then be of the whole suite.
"""
import argparse
import concurrent.futures
import hashlib
import os
import re
import signal
import struct
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scripts"))
from wire import fields

DEBIAN_DATA = "/usr/share/libonnx-testdata/data"
CFLAGS = "-O0 -std=c11 -pedantic -Wall -Wextra -Werror"
COMPILE_LIMIT = 10  # seconds for dnncc itself; the C compiler may take BUILD_LIMIT with it
BUILD_LIMIT = 60
RUN_LIMIT = 20
# Cases whose expected values contradict their own model: no failure of ours.
WRONG = {
    "node/test_adam_multiple": "the outputs were computed with an epsilon of 0.01, which the model does not say",
}
# Cases that expect the numbers which the suite's author once drew, and no generator is said to give them again.
DRAWN = r"node/test_bernoulli"
VERDICTS = ("PASS", "FAIL", "REFUSED", "RANDOM")


def options():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--dnncc", default="./dnncc")
    ap.add_argument("--out", default="conformance.out", help="folder of the results")
    ap.add_argument("-t", "--target", default="c")
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--only", default="", help="a regular expression that names of cases must match")
    ap.add_argument("--fresh", action="store_true", help="forget the results of earlier runs")
    ap.add_argument("--cflags", default=CFLAGS)
    ap.add_argument("--every", type=int, default=1, metavar="N", help="run only one case in N")
    ap.add_argument("--table", help="the cases that do not pass, as Markdown")
    ap.add_argument("--update", action="store_true", help="write --table instead of reading it")
    ap.add_argument("folders", nargs="*", help=f"of cases, at any depth (default: {DEBIAN_DATA})")
    return ap.parse_args()


# ---- cases and their operators ----------------------------------------------------------------


def find_cases(folders, only, every):
    """Name -> folder, in order; the name is the path below the folder that was given."""
    cases = {}
    for top in folders:
        for path, dirs, files in os.walk(top):
            dirs.sort()
            if "model.onnx" in files and "test_data_set_0" in dirs:
                name = os.path.relpath(path, top)
                if re.search(only, name):
                    cases[name] = path
    return {name: cases[name] for name in list(cases)[::every]}


def bodies(data, number):
    return (body for n, body in fields(data) if n == number)


def operators(model):
    """The operators of a model's main graph, without Constant (ModelProto.graph.node.op_type)."""
    with open(model, "rb") as f:
        data = f.read()
    ops = set()
    try:
        for graph in bodies(data, 7):
            for node in bodies(graph, 1):
                ops |= {op.decode(errors="replace") for op in bodies(node, 4)}
    except IndexError:
        return ["(unreadable)"]
    return sorted(ops - {"Constant"}) or ["Constant"]


def group_of(name, path, cases):
    """What a case is counted under: its operator, that of the case it expands, or its folder."""
    whole = re.sub(r"_expanded.*$", "", name)
    if whole != name and whole in cases:
        return operators(os.path.join(cases[whole], "model.onnx"))[0] + " (function body)"
    ops = operators(os.path.join(path, "model.onnx"))
    return ops[0] if len(ops) == 1 else f"several, of {os.path.dirname(name) or 'the suite'}"


# ---- one case -----------------------------------------------------------------------------------


def run(command, limit, env=None):
    """(exit status, what it printed); None for the status means that the limit was reached."""
    child = subprocess.Popen(command, env=env, start_new_session=True, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        said, _ = child.communicate(timeout=limit)
        return child.returncode, said.decode(errors="replace")
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)  # the C compiler too, which dnncc has started
        child.communicate()
        return None, ""


def first_line(text, pattern):
    for line in text.splitlines():
        if re.search(pattern, line):
            return line.strip()
    return ""


def judge_build(status, said):
    """The verdict on a build that gave no program."""
    compiler = first_line(said, r"\.[chS]:\d+(:\d+)?: (fatal )?error:|undefined reference")
    broken = first_line(said, r"Sanitizer|runtime error:|internal error|\bBUG\b|[Aa]ssertion")
    if status < 0 or status > 2 or broken:
        return "FAIL", f"crash of dnncc (status {status}): {broken or said.strip()[-200:]}"
    if compiler:
        return "FAIL", "C does not compile: " + re.sub(r"^\S*?:", "", compiler)
    if status != 1 or "dnncc: " not in said:
        return "FAIL", f"dnncc exits {status} without a message"
    return "REFUSED", re.sub(r"^dnncc: \S*\.onnx: ", "", first_line(said, r"^dnncc: "))


def judge_hang(opt, path, env, tmp):
    """The build took too long: is it dnncc or the C compiler?"""
    status, _ = run([opt.dnncc, os.path.join(path, "model.onnx"), "-t", opt.target, "-o", os.path.join(tmp, "net.c"),
                     "--data", os.path.join(path, "test_data_set_0")], COMPILE_LIMIT, env)
    return "FAIL", "hang of dnncc" if status is None else f"C takes over {BUILD_LIMIT} s to compile"


def judge_run(status, said):
    if status == 0:
        return "PASS", ""
    if status is None:
        return "FAIL", f"hang of the program: over {RUN_LIMIT} s"
    if status < 0:
        return "FAIL", f"crash of the program (signal {-status})"
    wrong = first_line(said, "MISMATCH")
    if wrong:
        return "FAIL", "wrong: " + re.sub(r"^.*?: output", "output", wrong)
    last = (said.strip().splitlines() or [f"nothing, status {status}"])[-1]
    return "FAIL", "the program says: " + re.sub(r"^\S*/exe: (\S*/)?", "", last)


def elements(tensor):
    """Those of a TensorProto of floats or doubles that the test bench wrote."""
    with open(tensor, "rb") as f:
        field = dict(fields(f.read()))
    kind, size = {b"\x01": ("f", 4), b"\x0b": ("d", 8)}[field[2]]
    return struct.unpack(f"<{len(field[9]) // size}{kind}", field[9])


def judge_drawn(exe, path, tmp):
    """The program compares types and shapes; an error of 1 is allowed, but all there is must be 0 or 1."""
    data = os.path.join(path, "test_data_set_0")
    verdict, reason = judge_run(*run([exe, "--data", data, "--save", tmp, "--atol", "1"], RUN_LIMIT))
    if verdict == "PASS" and not set(elements(os.path.join(tmp, "output_0.pb"))) <= {0, 1}:
        return "FAIL", "wrong: a result is neither 0 nor 1"
    if verdict == "PASS":
        return "RANDOM", "type, shape and range are right; the suite's numbers are those that its author drew"
    return verdict, reason


def judge_case(opt, path, drawn):
    env = dict(os.environ, CFLAGS=opt.cflags)
    with tempfile.TemporaryDirectory(prefix="case-", dir=opt.out) as tmp:
        exe = os.path.join(tmp, "exe")
        status, said = run([opt.dnncc, "build", os.path.join(path, "model.onnx"), "-t", opt.target, "-o", exe,
                            "--data", os.path.join(path, "test_data_set_0")], BUILD_LIMIT, env)
        if status is None:
            return judge_hang(opt, path, env, tmp)
        if status != 0 or not os.path.exists(exe):
            return judge_build(status, said)
        return judge_drawn(exe, path, tmp) if drawn else judge_run(*run([exe, "--data", path], RUN_LIMIT))


# ---- results ------------------------------------------------------------------------------------


def heading(opt):
    """What results depend on besides the case."""
    with open(opt.dnncc, "rb") as f:
        digest = hashlib.sha256(f.read()).hexdigest()
    return f"# dnncc {digest} -t {opt.target} CFLAGS {opt.cflags}"


def read_results(path, head):
    """Case -> (verdict, reason) of an earlier run of the same dnncc."""
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    rows = (line.split("\t") for line in lines[1:])
    return {r[0]: (r[1], r[2]) for r in rows if len(r) == 3} if lines[0] == head else {}


def run_cases(opt, cases, path):
    head = heading(opt)
    results = {} if opt.fresh else read_results(path, head)
    todo = [name for name in cases if name not in results]
    with open(path, "w", encoding="utf-8") as f, concurrent.futures.ThreadPoolExecutor(opt.jobs) as pool:
        print(head, file=f)
        for name, row in results.items():
            print(name, *row, sep="\t", file=f, flush=True)
        jobs = {pool.submit(judge_case, opt, cases[name], re.match(DRAWN, name)): name for name in todo}
        for job in concurrent.futures.as_completed(jobs):
            name, (verdict, reason) = jobs[job], job.result()
            if verdict == "FAIL" and name in WRONG:
                verdict, reason = "REFUSED", "not judged: " + WRONG[name]
            reason = re.sub(r"\s+", " ", reason)
            results[name] = verdict, reason
            print(name, verdict, reason, sep="\t", file=f, flush=True)
            if verdict == "FAIL":
                print(f"FAIL {name}: {reason}", flush=True)
            if sys.stderr.isatty():
                print(f"\r{len(results)} of {len(cases)}", end="\r", file=sys.stderr, flush=True)
    return {name: results[name] for name in cases}


def table(title, keys):
    """Lines that count (key, verdict) pairs, the keys with most failures and refusals first."""
    rows = {}
    for key, verdict in keys:
        rows.setdefault(key, dict.fromkeys(VERDICTS, 0))[verdict] += 1
    yield f"{title:46}" + "".join(f" {verdict:>7}" for verdict in VERDICTS)
    for key, n in sorted(rows.items(), key=lambda r: (-r[1]["FAIL"], -r[1]["REFUSED"], r[0])):
        yield f"{key[:46]:46}" + "".join(f" {n[verdict]:7}" for verdict in VERDICTS)


def summary(cases, results):
    yield from table("suite", [(os.path.dirname(name) or ".", v) for name, (v, _) in results.items()])
    yield ""
    yield from table("operator", [(group_of(name, cases[name], cases), v) for name, (v, _) in results.items()])
    yield ""
    yield "reasons"
    reasons = {}
    for name, (verdict, reason) in results.items():
        if verdict != "PASS":
            same = re.sub(r"node '[^']*'", "node", re.sub(r"\d+(\.\d+)?(e[-+]\d+)?", "N", reason))[:150]
            reasons.setdefault((verdict, same), []).append(name)
    for (verdict, reason), names in sorted(reasons.items(), key=lambda r: -len(r[1])):
        yield f"{len(names):5} {verdict:8} {reason}   ({', '.join(names[:3])}{' ...' if len(names) > 3 else ''})"


# ---- the table in the repository ------------------------------------------------------------------


def write_table(path, opt, results):
    left = {name: row for name, row in sorted(results.items()) if row[0] != "PASS"}
    with open(path, "w", encoding="utf-8") as f:
        print(f"{len(results) - len(left)} of {len(results)} cases pass with target {opt.target}; these do not. "
              "Written by run.py --update.\n\n| case | verdict | reason |\n|---|---|---|", file=f)
        for name, (verdict, reason) in left.items():
            print(f"| {name} | {verdict} | {reason.replace('|', chr(92) + '|')} |", file=f)


def unexpected(path, results):
    """Cases that neither pass nor stand in the table."""
    with open(path, encoding="utf-8") as f:
        known = {line.split(" | ")[0].removeprefix("| ") for line in f if line.startswith("| ")}
    return [name for name, row in results.items() if row[0] == "REFUSED" and name not in known]


def main():
    opt = options()
    opt.dnncc = os.path.abspath(opt.dnncc)
    cases = find_cases(opt.folders or [DEBIAN_DATA], opt.only, opt.every)
    if not cases:
        print(f"no cases found; Debian's are in the package libonnx-testdata ({DEBIAN_DATA})")
        return 77
    os.makedirs(opt.out, exist_ok=True)
    opt.out = os.path.abspath(opt.out)
    results = run_cases(opt, cases, os.path.join(opt.out, "results.tsv"))
    with open(os.path.join(opt.out, "summary.txt"), "w", encoding="utf-8") as f:
        f.writelines(line + "\n" for line in summary(cases, results))
    count = [sum(v == want for v, _ in results.values()) for want in VERDICTS]
    print(f"{count[0]} passed, {count[1]} failed, {count[2]} refused, {count[3]} random of {len(results)} "
          f"(see {opt.out}/summary.txt)")
    if opt.table and opt.update:
        write_table(opt.table, opt, results)
    lost = unexpected(opt.table, results) if opt.table else []
    for name in lost:
        print(f"REFUSED {name}, which {opt.table} does not list: {results[name][1]}")
    return count[1] > 0 or bool(lost)


if __name__ == "__main__":
    sys.exit(main())
