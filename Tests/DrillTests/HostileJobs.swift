// Jobs that mean harm, each bounded by itself as well, so that a limit that does not work ends the test and not the machine.

/// A hostile job and what must become of it.
struct HostileJob: Sendable, CustomStringConvertible {
    let name: String
    let limits: String
    let script: String
    /// `succeeded`, or the reason of its failure.
    let outcome: String

    var description: String { name }

    /// A word that stands in the environment of all its processes.
    var mark: String { "ALMANAC_JOB=\(name)" }

    /// The workspace's files for this job.
    func files(_ prefix: String) -> [String: String] {
        let folder = "Jobs/\(prefix)-\(name)"
        return [
            folder + "/job.yaml": "contract: 1\ntitle: \(name)\naccess: { view: [everyone] }\ntasks:\n  score: { run: go.sh }\nlimits: { \(limits) }\noutputs:\n  table: { path: table.csv }\n",
            folder + "/go.sh": "#!/bin/sh\n" + script + "\n",
        ]
    }

    private static let table = "echo a > \"$ALMANAC_OUTPUT_TABLE\""

    static let all: [HostileJob] = [
        // At most 400 processes however it goes; each of them ends by itself after twenty seconds. A fork that is refused ends the shell with 2.
        HostileJob(
            name: "forks", limits: "time: 30s, processes: 32",
            script: "i=0; while [ $i -lt 400 ]; do sleep 20 & i=$((i + 1)); done; wait", outcome: "quotaExceeded"),
        // Takes at most 400 MiB, eight at a time.
        HostileJob(
            name: "eats", limits: "time: 30s, memory: 128MiB",
            script: "exec python3 -c 'import time\nheld = []\nfor _ in range(50):\n    held.append(b\"x\" * (8 << 20))\n    time.sleep(0.02)\ntime.sleep(2)'", outcome: "outOfMemory"),
        // Writes at most 300 MiB.
        HostileJob(
            name: "fills", limits: "time: 30s, output: 16MiB",
            script: "i=0; while [ $i -lt 300 ]; do head -c 1048576 /dev/zero >> \"$ALMANAC_OUTPUTS/full.bin\" || exit 9; sleep 0.02; i=$((i + 1)); done; \(table)", outcome: "quotaExceeded"),
        HostileJob(name: "prints", limits: "time: 120s", script: "yes | head -n 100000000; \(table)", outcome: "succeeded"),
        HostileJob(
            name: "escapes", limits: "time: 2s",
            script: "(trap '' TERM; (setsid sh -c 'trap \"\" TERM HUP; i=0; while [ $i -lt 300 ]; do sleep 0.2; i=$((i + 1)); done' &) &); trap '' TERM; i=0; while [ $i -lt 300 ]; do sleep 0.2; i=$((i + 1)); done",
            outcome: "timedOut"),
        HostileJob(
            name: "closes", limits: "time: 3s", script: "exec >&- 2>&- <&-; i=0; while [ $i -lt 300 ]; do sleep 0.2; i=$((i + 1)); done", outcome: "timedOut"),
        HostileJob(name: "whispers", limits: "time: 30s", script: "exec >&- 2>&-; sleep 1; \(table)", outcome: "succeeded"),
    ]
}
