// The drill's jobs: small, and each of another kind, so that kills meet every part of a run.

/// Jobs of the drill by kind; their names begin with a word of this drill alone, by which their processes are known.
struct DrillJobs {
    let prefix: String

    /// What a kind of job must come to, when it is not cancelled and not lost.
    enum Kind: String, CaseIterable {
        /// Ends at once and publishes.
        case quick
        /// Takes a second.
        case slow
        /// Writes for a while: outputs, an undeclared file and metrics.
        case large
        /// Fails.
        case failing
        /// Fails at its first attempt and is tried again.
        case retried
        /// Leaves its group and session with processes that ignore being asked to end.
        case brood
        /// Has a parameter, so that a run may be private.
        case chosen
        /// Is due every minute.
        case minutely
    }

    /// Kinds that are asked for; `minutely` runs by itself as well.
    static let asked: [Kind] = [.quick, .quick, .slow, .slow, .large, .large, .failing, .retried, .brood, .chosen, .minutely]

    func name(_ kind: Kind) -> String { prefix + "-" + kind.rawValue }

    func kind(_ job: String) -> Kind? { Kind(rawValue: String(job.dropFirst(prefix.count + 1))) }

    /// The workspace's files.
    var files: [String: String] { Kind.allCases.reduce(into: [:]) { files, kind in files.merge(self.files(kind)) { $1 } } }

    private func files(_ kind: Kind) -> [String: String] {
        let folder = "Jobs/" + name(kind)
        return [
            folder + "/job.yaml": """
                contract: 1
                title: The job \(kind.rawValue)
                access: { view: [everyone] }
                tasks:
                  score: { run: go.sh }
                outputs:
                  table: { path: table.csv }
                metrics:
                  rows: { title: Rows }
                \(extra(kind))
                """,
            folder + "/go.sh": "#!/bin/sh\n" + script(kind) + "\n",
            folder + "/report.md": "## Figures\n\nThere are {{metric.rows}} rows.\n",
        ]
    }

    private func extra(_ kind: Kind) -> String {
        switch kind {
        case .retried: "retries: { count: 1, delay: 0s }"
        case .chosen: "parameters:\n  rows: { type: integer, default: 2, min: 1, max: 9 }"
        case .minutely: "schedule: { cron: \"* * * * *\", timezone: Europe/Berlin }"
        default: ""
        }
    }

    private func script(_ kind: Kind) -> String {
        let table = "echo run,row > \"$ALMANAC_OUTPUT_TABLE\"; i=0; while [ $i -lt ${ALMANAC_PARAMETER_ROWS:-3} ]; do i=$((i + 1)); echo \"$ALMANAC_RUN_ID,$i\" >> \"$ALMANAC_OUTPUT_TABLE\"; done; echo rows,$i >> \"$ALMANAC_METRICS\""
        return switch kind {
        case .quick, .chosen, .minutely: table
        case .slow: "echo begun; sleep 0.9; \(table); echo done"
        case .large: "seq 1 60000 | sed \"s/^/$ALMANAC_RUN_ID,/\" > \"$ALMANAC_OUTPUTS/more.txt\"; \(table); seq 1 200 | sed 's/^/step,/' >> \"$ALMANAC_METRICS\"; seq 1 3000"
        case .failing: "echo about to fail; sleep 0.1; exit 3"
        case .retried: "if [ $ALMANAC_ATTEMPT = 1 ]; then exit 1; fi; \(table)"
        case .brood: "for n in 1 2 3; do (trap '' TERM HUP; setsid sh -c 'trap \"\" TERM; while :; do sleep 0.2; done' &) & done; sleep 0.5; \(table)"
        }
    }
}
