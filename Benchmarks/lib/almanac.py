"""What the benchmarks share: a scratch workspace, a server, and plain HTTP to its control socket."""
import json
import os
import pathlib
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("ALMANAC", str(ROOT / ".build-release/release/almanac"))


class Workplace:
    """A workspace in a temporary folder with jobs that run /bin/true, and its server."""

    def __init__(self, jobs, outputs=True):
        self.folder = tempfile.mkdtemp(prefix="almanac-bench-")
        self.environment = dict(os.environ, ALMANAC_KEY_FILE=self.folder + "/key", ALMANAC_DATA=self.folder + "/data", ALMANAC_RUNNER_CONCURRENCY="1")
        for name in jobs:
            job = pathlib.Path(self.folder, "w/Jobs", name)
            job.mkdir(parents=True)
            (job / "job.yaml").write_text(f"contract: 1\ntitle: Job {name}\ntasks:\n  score: {{ run: go.sh }}\n")
            (job / "go.sh").write_text("#!/bin/sh\nexec /bin/true\n")
            (job / "go.sh").chmod(0o755)
        self.server = None

    def __enter__(self):
        self.log = open(self.folder + "/log", "w")
        self.server = subprocess.Popen([PROGRAM, "serve", "--port", "0"], cwd=self.folder + "/w", env=self.environment, stdout=subprocess.PIPE, stderr=self.log)
        self.server.stdout.readline()
        return self

    def __exit__(self, *_):
        self.server.send_signal(signal.SIGTERM)
        self.server.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, value):
        """Sends a command to the control socket and returns the reply."""
        body = json.dumps(value).encode()
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self.folder + "/data/control.sock")
            connection.sendall(b"POST /control HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            answer = b""
            while chunk := connection.recv(65536):
                answer += chunk
        return json.loads(answer.split(b"\r\n\r\n", 1)[1])

    def queue(self, job):
        """Queues a run; returns its id, or None while the job is not registered yet."""
        return self.command({"run": {"_0": {"job": job, "parameters": {}}}}).get("values", {}).get("run")

    def runs(self, limit=10000):
        answer = subprocess.run([PROGRAM, "runs", "--json", "--limit", str(limit)], cwd=self.folder + "/w", env=self.environment, capture_output=True)
        return json.loads(answer.stdout)["runs"]

    def registered(self, job, seconds=300):
        """Waits until a job is registered; its first run is queued by then."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            run = self.queue(job)
            if run:
                return run
            time.sleep(0.1)
        raise SystemExit(f"{job} was not registered within {seconds} s")

    def finished(self, count, seconds=600):
        """Waits until `count` runs are terminal and returns them all."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            runs = self.runs()
            if sum(run["status"] in ("succeeded", "failed", "cancelled") for run in runs) >= count:
                return runs
            time.sleep(0.2)
        raise SystemExit(f"not {count} runs ended within {seconds} s")


def bare(count=200):
    """Median milliseconds of fork, exec and wait for /bin/sh executing /bin/true."""
    times = []
    for _ in range(count):
        start = time.perf_counter()
        subprocess.run(["/bin/sh", "-c", "exec /bin/true"])
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def milliseconds(run):
    """From queued to recorded, by the record's own times."""
    import datetime
    moment = lambda text: datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (moment(run["endedAt"]) - moment(run["queuedAt"])).total_seconds() * 1000


def memory(pid):
    """Resident and proportional MiB of a process."""
    fields = {}
    for line in open(f"/proc/{pid}/smaps_rollup"):
        parts = line.split()
        if parts[0] in ("Rss:", "Pss:"):
            fields[parts[0][:-1]] = int(parts[1]) / 1024
    return fields
