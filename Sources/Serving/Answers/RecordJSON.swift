// Runs as JSON text for the command line: byte for byte what the API answers.
package import Recording

/// What `almanac runs --json` and `show --json` print: one line of JSON with a line feed at its end.
package enum RecordJSON {
    /// `{"runs":[…]}`, in the order given: the answer of `/api/v1/runs`.
    package static func runs(_ runs: [RunRecord]) -> String { APIShapes.runs(runs).text }

    /// One run as an element of that list, for programs that asked for nothing more.
    package static func run(_ run: RunRecord) -> String { JSON.object(APIShapes.run(run)).text }

    /// One run with its parameters, inputs, metrics, outputs and attempts: the answer of `/api/v1/runs/<id>`.
    package static func detail(_ detail: RunDetail) -> String { APIShapes.detail(detail).text }
}
