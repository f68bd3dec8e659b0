// Running the real programs: almanac itself, and what a person would use beside it.
package import Foundation

/// What a finished program printed, and its exit status.
package struct Finished: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String
}

/// Starts programs and waits for them.
package enum Program {
    /// The folder of the built executables: `ALMANAC_PROGRAMS` (say, a release build's), else where this test bundle was built.
    package static let folder = ProcessInfo.processInfo.environment["ALMANAC_PROGRAMS"]
        ?? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path

    /// Whether the executables are a debug build, slower than what people run.
    package static let isDebugBuild = !folder.contains("release")

    /// Runs a program to its end, with files for its output, so that no pipe can fill. Ends it after `limit` seconds.
    package static func run(
        _ path: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], input: String? = nil, limit: Double = 120
    ) throws -> Finished {
        let scratch = try TemporaryFolder()
        let process = try start(path, arguments, in: folder, environment: environment, output: scratch.path + "/out", errors: scratch.path + "/err", input: input)
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now() + limit)
        let pid = process.processIdentifier
        timer.setEventHandler { kill(pid, SIGKILL) }
        timer.resume()
        process.waitUntilExit()
        timer.cancel()
        return Finished(status: process.terminationStatus, output: read(scratch.path + "/out"), errors: read(scratch.path + "/err"))
    }

    /// Starts a program in the background.
    package static func start(
        _ path: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], output: String, errors: String, input: String? = nil
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        if let input {
            let pipe = Pipe()
            process.standardInput = pipe
            try process.run()
            pipe.fileHandleForWriting.write(Data(input.utf8))
            try pipe.fileHandleForWriting.close()
        } else {
            process.standardInput = FileHandle.nullDevice
            try process.run()
        }
        return process
    }

    /// Runs what blocks on a thread that no other test waits for.
    package static func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
        }
    }

    /// A file's text, lossily; empty when there is none.
    package static func read(_ path: String) -> String {
        (try? Data(contentsOf: URL(fileURLWithPath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Waits until a condition holds, looking every 20 ms; false when it did not within `seconds`.
    package static func eventually(within seconds: Double = 30, _ condition: () async throws -> Bool) async rethrows -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            if try await condition() { return true }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return try await condition()
    }
}
