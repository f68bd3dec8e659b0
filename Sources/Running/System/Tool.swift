// Runs a program of the machine and waits for it: the only file that knows Subprocess.
import Subprocess
import SystemPackage

/// A program of the machine (an interpreter, pip, the supervisor's first process), not a job.
struct Tool {
    let path: String
    let arguments: [String]
    /// nil = this process's own, with its proxy, index and certificate settings.
    var environment: [String: String]?

    /// What came of it; a signal's number counts from 128 up, as a shell says it.
    struct Outcome: Sendable {
        let status: Int
        /// stdout and stderr together.
        let output: String
    }

    /// Runs it and takes what it prints, at most 64 KiB. Throws `launchFailed` when it cannot be started or prints more.
    func run() async throws -> Outcome {
        do {
            let result = try await Subprocess.run(
                .path(FilePath(path)), arguments: Arguments(arguments), environment: passed, output: .string(limit: 65_536),
                error: .combinedWithOutput)
            return Outcome(status: result.terminationStatus.number, output: result.standardOutput)
        } catch {
            throw RunningError(.launchFailed, subject: path, detail: "cannot be run", cause: error)
        }
    }

    /// Runs it with everything it prints appended to a file. Returns its status. Throws `launchFailed`, `storageFailed`.
    func run(appendingTo log: Descriptor) async throws -> Int {
        let output = FileDescriptor(rawValue: log.number)
        do {
            let result = try await Subprocess.run(
                .path(FilePath(path)), arguments: Arguments(arguments), environment: passed,
                output: .fileDescriptor(output, closeAfterSpawningProcess: false), error: .combinedWithOutput)
            return result.terminationStatus.number
        } catch {
            throw RunningError(.launchFailed, subject: path, detail: "cannot be run", cause: error)
        }
    }

    private var passed: Environment {
        guard let environment else { return .inherit }
        return .custom(environment.map { Array("\($0.key)=\($0.value)\0".utf8) })
    }
}

extension TerminationStatus {
    fileprivate var number: Int {
        switch self {
        case .exited(let status): Int(status)
        case .signaled(let signal): 128 + Int(signal)
        }
    }
}
