// Carries a command to whoever holds the data folder: the server, or this process.
import FoundationEssentials
import Operating
import Recording
import Serving

/// Sends a command to the server that holds the data folder, or takes the folder and performs it here.
func perform(_ command: ControlCommand, _ folders: Folders, _ options: GlobalOptions) async throws -> ControlReply {
    try folders.data.make()
    guard let lock = try folders.data.lock() else { return try send(command, folders) }
    defer { lock.release() }
    let house = try await House(folders, settings: Settings(workspace: folders.workspace, overrides: [:]), quiet: true)
    let reply = await house.desk.perform(command)
    try house.store.close()
    return reply
}

/// Sends a command to the server that holds the data folder.
func send(_ command: ControlCommand, _ folders: Folders) throws -> ControlReply {
    let body = Array(try JSONEncoder().encode(command))
    guard let answer = try ControlClient.send(body, socket: folders.data.controlSocket) else {
        throw Refusal("a process holds \(folders.data.path) but does not answer; is a server starting or stopping, or another run waiting?")
    }
    guard let reply = try? JSONDecoder().decode(ControlReply.self, from: Data(answer.body)) else {
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
