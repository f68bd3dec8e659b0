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

    def __init__(self, jobs, extra="", script="#!/bin/sh\nexec /bin/true\n", concurrency=1):
        self.folder = tempfile.mkdtemp(prefix="almanac-bench-")
        self.environment = dict(os.environ, ALMANAC_KEY_FILE=self.folder + "/key", ALMANAC_DATA=self.folder + "/data", ALMANAC_RUNNER_CONCURRENCY=str(concurrency))
        pathlib.Path(self.folder, "w/Jobs").mkdir(parents=True)
        self.add(jobs, extra, script)
        self.server = None

    def __enter__(self):
        self.start()
        return self

    def start(self):
        """Starts the server and waits until it is ready."""
        self.log = open(self.folder + "/log", "a")
        self.server = subprocess.Popen([PROGRAM, "serve", "--port", "0"], cwd=self.folder + "/w", env=self.environment, stdout=subprocess.PIPE, stderr=self.log)
        self.server.stdout.readline()

    def stop(self):
        """Asks the server to end and waits until it has."""
        self.server.send_signal(signal.SIGTERM)
        self.server.wait(30)

    def add(self, jobs, extra="", script="#!/bin/sh\nexec /bin/true\n"):
        """Writes job folders; `extra` are further lines of each job.yaml. A folder appears whole."""
        for name in jobs:
            job = pathlib.Path(self.folder, "w", ".new-" + name)
            job.mkdir()
            (job / "job.yaml").write_text(f"contract: 1\ntitle: Job {name}\ntasks:\n  score: {{ run: go.sh }}\n{extra}")
            (job / "go.sh").write_text(script)
            (job / "go.sh").chmod(0o755)
            job.rename(pathlib.Path(self.folder, "w/Jobs", name))

    def ask(self, question):
        """Rows of the record, read by the program sqlite3 and never written."""
        answer = subprocess.run(["sqlite3", "-batch", "-readonly", "-json", self.folder + "/data/record.sqlite", question], capture_output=True, check=True)
        return json.loads(answer.stdout or b"[]")

    def count(self, question):
        """The one number of a question; 0 while there is no record."""
        try:
            return next(iter(self.ask(question)[0].values()))
        except (subprocess.CalledProcessError, IndexError):
            return 0

    def until(self, question, count, seconds=600, pause=0.2):
        """Waits until the one number of a question has reached `count`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.count(question) >= count:
                return
            time.sleep(pause)
        raise SystemExit(f"not reached within {seconds} s: {question} >= {count}, but {self.count(question)}")

    def __exit__(self, *_):
        self.stop()
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


def bare(count=200, command=("/bin/sh", "-c", "exec /bin/true")):
    """Median milliseconds of fork, exec and wait for a process; without a command for /bin/sh executing /bin/true."""
    times = []
    for _ in range(count):
        start = time.perf_counter()
        subprocess.run(command)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def milliseconds(run):
    """From queued to recorded, by the record's own times."""
    import datetime
    moment = lambda text: datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (moment(run["endedAt"]) - moment(run["queuedAt"])).total_seconds() * 1000


def busy(pid):
    """User and system seconds of a process and the children that it waited for."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def at(values, share):
    """The value below which this share of all lies."""
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def memory(pid):
    """Resident and proportional MiB of a process."""
    fields = {}
    for line in open(f"/proc/{pid}/smaps_rollup"):
        parts = line.split()
        if parts[0] in ("Rss:", "Pss:"):
            fields[parts[0][:-1]] = int(parts[1]) / 1024
    return fields
