// Carries a command to whoever holds the data folder: the server, or this process.
import FoundationEssentials
import Operating
import Recording
import Serving
import Vocabulary

/// Sends a command to the server that holds the data folder, or takes the folder and performs it here.
func perform(_ command: ControlCommand, _ folders: Folders) async throws -> ControlReply {
    try folders.data.make()
    let lock: DataFolderLock
    switch try await way(of: command, folders) {
    case .answered(let reply): return reply
    case .here(let taken): lock = taken
    }
    defer { lock.release() }
    let house = try await House(folders, settings: folders.settings, quiet: true)
    let reply = await house.desk.perform(command)
    try house.store.close()
    return reply
}

/// Where a command is performed: in this process, which holds the data folder now, or by the server, which has answered.
enum Way {
    case here(DataFolderLock)
    case answered(ControlReply)
}

/// Takes the data folder, or sends a command to the server that holds it. A server that starts or stops, or another verb, is waited for.
func way(of command: ControlCommand, _ folders: Folders) async throws -> Way {
    let body = Array(try JSONEncoder().encode(command))
    let start = ContinuousClock.now
    while true {
        if let lock = try folders.data.lock() { return .here(lock) }
        if let answer = try ControlClient.send(body, socket: folders.data.controlSocket, patience: patience(for: command)) { return .answered(try reply(answer.body)) }
        guard ContinuousClock.now - start < .seconds(5) else {
            throw Refusal("a process holds \(folders.data.path) but does not answer; is a server starting or stopping, or another run waiting?")
        }
        try await Task.sleep(for: .milliseconds(50))
    }
}

/// How long a server may think about a command: rendering goes through every edition.
private func patience(for command: ControlCommand) -> Span {
    if case .render = command { return Span(seconds: 3600) }
    return Span(seconds: 60)
}

private func reply(_ body: [UInt8]) throws -> ControlReply {
    guard let reply = try? JSONDecoder().decode(ControlReply.self, from: Data(body)) else {
        throw Refusal("the server's answer could not be read; are the command line and the server of different versions?", status: 70)
    }
    return reply
}

/// Prints what came of a command and ends the verb with its exit status.
func report(_ reply: ControlReply, _ options: GlobalOptions) throws {
    if options.json {
        printJSON(reply.values.merging(["message": reply.message]) { value, _ in value })
    } else if reply.exitStatus == 0 {
        if !reply.message.isEmpty { print(reply.message) }
    } else {
        say(reply.message)
    }
    if reply.exitStatus != 0 { throw Refusal("", status: reply.exitStatus) }
}
