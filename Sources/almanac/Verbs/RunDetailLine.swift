// A run as `show --json` prints it: the contract's keys.
import Recording
import Vocabulary

struct RunDetailLine: Encodable {
    struct Input: Encodable { let name, sha256, origin: String; let bytes: Int64 }
    struct Measured: Encodable { let name: String; let value: Double?; let step: Int64?; let slice, reason: String? }
    struct File: Encodable { let name, path, sha256: String; let bytes: Int64; let rows: Int64?; let columns: [String]?; let declared: Bool }
    struct Try: Encodable {
        let number: Int
        let status: String
        let startedAt: String
        let endedAt, reason, message: String?
        let exitStatus, signal: Int?
        let cpuMilliseconds, peakMemoryBytes: Int64?
    }
    struct Version: Encodable { let number: Int; let digest: String }

    let run: RunLine
    let failureMessage: String?
    let scheduledFor: String
    let isPrivate: Bool
    let parameters: [String: ParameterValue]
    let inputs: [Input]
    let metrics: [Measured]
    let outputs: [File]
    let attempts: [Try]
    let jobVersion: Version

    init(_ detail: RunDetail) {
        run = RunLine(detail.run)
        failureMessage = detail.run.failureMessage
        scheduledFor = detail.run.scheduledFor.rfc3339(offset: detail.run.scheduledOffset)
        isPrivate = detail.run.isPrivate
        parameters = detail.parameters
        inputs = detail.snapshots.map { Input(name: $0.input, sha256: $0.sha256.hex, origin: $0.origin, bytes: $0.bytes) }
        metrics = detail.metrics.map { Measured(name: $0.name, value: $0.value, step: $0.step, slice: $0.slice, reason: $0.noValueReason) }
        outputs = detail.outputs.map {
            File(name: $0.name, path: $0.path, sha256: $0.sha256.hex, bytes: $0.bytes, rows: $0.rows, columns: $0.columns, declared: $0.declared)
        }
        attempts = detail.attempts.map {
            Try(
                number: $0.number, status: $0.status.rawValue, startedAt: $0.startedAt.description, endedAt: $0.endedAt?.description,
                reason: $0.reason?.rawValue, message: $0.message, exitStatus: $0.exitStatus, signal: $0.signal,
                cpuMilliseconds: $0.resources.cpuMilliseconds, peakMemoryBytes: $0.resources.peakMemoryBytes)
        }
        jobVersion = Version(number: detail.version.number, digest: detail.version.manifestDigest.hex)
    }

    private enum Keys: String, CodingKey {
        case failureMessage, scheduledFor, isPrivate = "private", parameters, inputs, metrics, outputs, attempts, jobVersion
    }

    /// The keys of `runs --json` with the details beside them.
    func encode(to encoder: any Encoder) throws {
        try run.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(failureMessage, forKey: .failureMessage)
        try container.encode(scheduledFor, forKey: .scheduledFor)
        try container.encode(isPrivate, forKey: .isPrivate)
        try container.encode(parameters, forKey: .parameters)
        try container.encode(inputs, forKey: .inputs)
        try container.encode(metrics, forKey: .metrics)
        try container.encode(outputs, forKey: .outputs)
        try container.encode(attempts, forKey: .attempts)
        try container.encode(jobVersion, forKey: .jobVersion)
    }
}
