"""The instance that is measured: started by the same scripts as `make start`, in BUILD/bench, and
ended afterwards."""
import os
import re
import subprocess
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))
from port import free_port  # noqa: E402


class Instance:
    def __init__(self, root, build):
        self.root = root
        self.var = build / "bench/var"
        port, watch = free_port(), free_port()
        self.base, self.watch = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{watch}"
        self.environment = {
            **os.environ,
            "VAR": str(self.var),
            "PORT": str(port),
            "WATCH": f"127.0.0.1:{watch}",
        }
        self.user = "tolok" if os.getuid() == 0 else ""

    def control(self, command):
        subprocess.run(
            [self.root / "etc/instance", command],
            check=True,
            env=self.environment,
            stdout=subprocess.DEVNULL,
        )

    def __enter__(self):
        self.control("reset")
        self.control("start")
        self.var = self.var.resolve()
        self.run = (self.var / "run").resolve()
        return self

    def __exit__(self, *_):
        self.control("reset")

    @staticmethod
    def until(attempt, seconds=20):
        """Repeats the attempt until it raises nothing."""
        end = time.monotonic() + seconds
        while True:
            try:
                return attempt()
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def own(self, path):
        """Gives a folder that we made to the user that the instance runs as."""
        if self.user:
            subprocess.run(["chown", "-R", f"{self.user}:", path], check=True)

    def put_static(self, name, plain, packed):
        for file, content in ((name, plain), (f"{name}.gz", packed)):
            (self.var / "app/public" / file).write_bytes(content)

    def ask(self, query, database="tolok"):
        quiet = {**os.environ, "PGOPTIONS": "-c client_min_messages=warning"}
        words = [
            "psql",
            "-X",
            "-q",
            "-At",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            self.run,
            "-U",
            "postgres",
            "-d",
            database,
            "-c",
            query,
        ]
        # What psql complains of is for whoever runs the bench.
        said = subprocess.run(words, env=quiet, stdout=subprocess.PIPE, text=True, check=True)
        return said.stdout.splitlines()

    def service(self, name, command):
        """Brings a service of the instance down (-d) or up (-u), and waits until it is."""
        folder = self.var / "service" / name
        subprocess.run(["s6-svc", command, folder], check=True)
        self.until(lambda: self.expect(folder, "true" if command == "-u" else "false"))

    @staticmethod
    def expect(folder, state):
        said = subprocess.run(
            ["s6-svstat", "-o", "up", folder], capture_output=True, text=True, check=True
        ).stdout
        if said.strip() != state:
            raise OSError(f"{folder} is not as asked")

    def processes(self, *names):
        """Ids of the instance's processes with one of these names."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                inside = Path(os.readlink(entry / "cwd")).is_relative_to(self.var)
                if inside and (entry / "comm").read_text().strip() in names:
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    def cpu(self):
        """Seconds of processor time that each kind of process has used so far."""
        ticks = os.sysconf("SC_CLK_TCK")
        used = {}
        for name in ("nginx", "web", "postgres"):
            used[name] = 0
            for pid in self.processes(name):
                try:
                    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                except OSError:
                    continue
                used[name] += (int(fields[11]) + int(fields[12])) / ticks
        return used

    def resident(self, name):
        """Kilobytes that each of those processes has in memory."""
        return [
            int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1])
            for pid in self.processes(name)
        ]

    def log_of(self, path, count):
        """The newest lines of the workers' log about answers to that path, as dictionaries."""
        # The logger may have begun a new file just now.
        files = [*sorted((self.var / "log/web").glob("@*"))[-1:], self.var / "log/web/current"]
        text = "".join(file.read_text(encoding="utf-8", errors="replace") for file in files)
        lines = [
            dict(re.findall(r'(\w+)=("[^"]*"|\S+)', line))
            for line in text.splitlines()
            if " event=request " in line
        ]
        return [line for line in lines if line.get("path", "").strip('"') == path][-count:]
