// A workspace with its data folder, its key and perhaps its server: what a journey needs.
import Foundation

/// A scratch workspace and the program to use it with.
package final class Workplace: Sendable {
    package let folder: TemporaryFolder
    /// Where the workspace is.
    package var path: String { folder.path + "/w" }

    /// Makes a workspace with these files.
    package init(_ files: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path + "/w/Jobs", withIntermediateDirectories: true)
        try write(files)
    }

    /// Writes files of the workspace.
    package func write(_ files: [String: String]) throws {
        try folder.write(Dictionary(uniqueKeysWithValues: files.map { ("w/" + $0.key, $0.value) }))
    }

    /// Where templates and assets are, for a program that does not lie beside them.
    private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    private var environment: [String: String] {
        ["ALMANAC_KEY_FILE": folder.path + "/key", "ALMANAC_DATA": folder.path + "/data", "HOME": folder.path]
    }

    /// Runs `almanac` with these arguments in the workspace.
    package func almanac(
        _ arguments: String..., input: String? = nil, variables: [String: String] = [:], limit: Double = 120
    ) throws -> Finished {
        let all = environment.merging(variables) { $1 }
        return try Program.run(Program.folder + "/almanac", arguments, in: path, environment: all, input: input, limit: limit)
    }

    /// Runs `almanac … --json` and reads what it printed.
    package func json(_ arguments: String...) throws -> Any {
        let finished = try Program.run(Program.folder + "/almanac", arguments + ["--json"], in: path, environment: environment)
        return try JSONSerialization.jsonObject(with: Data(finished.output.utf8), options: [.fragmentsAllowed])
    }

    /// What `almanac runs --json` lists, newest first.
    package func runs(_ job: String? = nil) throws -> [[String: Any]] {
        let answer = try job.map { try json("runs", $0) } ?? json("runs")
        return (answer as? [String: [[String: Any]]])?["runs"] ?? []
    }

    /// What `almanac show --json` tells of the newest run.
    package func newestRun(_ job: String? = nil) throws -> [String: Any] {
        guard let id = try runs(job).first?["id"] as? String else { throw Failure(description: "no run is recorded") }
        return try json("show", id) as? [String: Any] ?? [:]
    }

    /// A one-time sign-in link for a user.
    package func link(_ user: String) throws -> String {
        try almanac("user", "link", user).output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Starts `almanac serve` on a free port and waits until it is ready; `program` = another one than was built here.
    package func serve(program: String? = nil, variables: [String: String] = [:]) async throws -> Server {
        let starting = try start(program: program, variables: variables)
        var server: Server?
        _ = await Program.eventually(within: 30) {
            server = starting.ready
            return server != nil || !starting.isRunning
        }
        guard let server else { throw Failure(description: "the server did not start: " + starting.log) }
        return server
    }

    /// Starts `almanac serve` on a free port and waits for nothing.
    package func start(program: String? = nil, variables: [String: String] = [:]) throws -> StartingServer {
        let name = UUID().uuidString.prefix(8)
        let output = folder.path + "/serve-\(name).out"
        let errors = folder.path + "/serve-\(name).err"
        let process = try Program.start(
            program ?? Program.folder + "/almanac", ["serve", "--port", "0"], in: path,
            environment: environment.merging(program == nil ? [:] : ["ALMANAC_SHARE": Workplace.repository]) { $1 }.merging(variables) { $1 },
            output: output, errors: errors)
        return StartingServer(process: process, outputPath: output, errorsPath: errors)
    }

    /// Why a journey could not begin.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }
}

/// A server that was started and is perhaps not ready yet; killed when it is no longer referred to and never was ready.
package final class StartingServer: @unchecked Sendable {
    private let process: Process
    private let outputPath: String
    private let errorsPath: String
    private var wasReady = false

    fileprivate init(process: Process, outputPath: String, errorsPath: String) {
        self.process = process
        self.outputPath = outputPath
        self.errorsPath = errorsPath
    }

    deinit { if !wasReady, process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    package var isRunning: Bool { process.isRunning }
    package var log: String { Program.read(errorsPath) }

    /// The server, once it has printed its address.
    package var ready: Server? {
        let addresses = Program.read(outputPath).split(separator: "\n").compactMap { line in
            line.split(separator: " ").first { $0.hasPrefix("http://") }.map(String.init)
        }
        guard let address = addresses.first else { return nil }
        wasReady = true
        return Server(process: process, address: address, errorsPath: errorsPath)
    }

    /// Sends a signal and waits for the end.
    package func end(_ signal: Int32) {
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
    }
}

/// A running server of a journey; ended when it is no longer referred to.
package final class Server: @unchecked Sendable {
    private let process: Process
    /// `http://127.0.0.1:<port>`.
    package let address: String
    private let errorsPath: String

    fileprivate init(process: Process, address: String, errorsPath: String) {
        self.process = process
        self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
        self.errorsPath = errorsPath
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    package var pid: Int32 { process.processIdentifier }
    package var log: String { Program.read(errorsPath) }

    /// Sends a signal and waits for the end; the exit status.
    @discardableResult
    package func end(_ signal: Int32 = SIGTERM) -> Int32 {
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        return process.terminationStatus
    }
}
