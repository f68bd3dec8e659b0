// How each language's tasks are started: a table, not a class per language.
import Glibc
import Vocabulary

/// How a task's file is started.
struct TaskCommand: Equatable {
    /// The first is an absolute path.
    let arguments: [String]
    /// Programs of the machine that it starts, absolute: what an isolated job must be shown.
    let programs: [String]
}

/// How to start a task's file. Throws `launchFailed` with what to mend, `environmentFailed` without an interpreter.
/// - Parameter searchPath: the PATH that the task gets.
func taskCommand(_ task: TaskDefinition, work: String, interpreter: Interpreter?, searchPath: String) throws -> TaskCommand {
    if task.language == .command { return try command(work + "/" + task.file, name: task.file, searchPath: searchPath) }
    let arguments = try taskArguments(task, work: work, interpreter: interpreter)
    return TaskCommand(arguments: arguments, programs: Array(arguments.prefix(1)))
}

private func taskArguments(_ task: TaskDefinition, work: String, interpreter: Interpreter?) throws -> [String] {
    let file = work + "/" + task.file
    switch task.language {
    case .python:
        // Unbuffered, so that the log is live; no .pyc files, so that the working folder holds only what the job writes.
        return [try path(of: interpreter, task), "-u", "-B", file]
    case .r: return [try path(of: interpreter, task), "--vanilla", file]
    case .julia: return [try path(of: interpreter, task), "--startup-file=no", file]
    case .notebook, .command:
        throw RunningError(.launchFailed, subject: task.file, detail: "notebook tasks cannot be run yet: save the notebook as a script")
    }
}

private func path(of interpreter: Interpreter?, _ task: TaskDefinition) throws -> String {
    guard let interpreter else {
        throw RunningError(.environmentFailed, subject: task.language.rawValue, detail: "there is no interpreter for \(task.file)")
    }
    return interpreter.path
}

/// An executable file is started itself; another one by the interpreter that its first line names, or else by `sh`.
private func command(_ file: String, name: String, searchPath: String) throws -> TaskCommand {
    let start = try Descriptor(file, O_RDONLY | O_NOFOLLOW).read(4096)
    let isExecutable = access(file, X_OK) == 0
    guard start.starts(with: Array("#!".utf8)) else {
        let isProgram = start.starts(with: [0x7F] + Array("ELF".utf8))
        if isProgram, !isExecutable {
            throw RunningError(.launchFailed, subject: name, detail: "it is a program but not executable: run `chmod +x` on it")
        }
        return TaskCommand(arguments: isProgram ? [file] : ["/bin/sh", file], programs: [])
    }
    let line = start.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") }
    if line.last == UInt8(ascii: "\r") {
        throw RunningError(.launchFailed, subject: name, detail: "its lines end as on Windows: save it with Unix line ends")
    }
    // As the kernel reads it: the interpreter, then everything that follows as one argument.
    let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    guard let program = words.first.map(String.init), program.hasPrefix("/"), access(program, X_OK) == 0 else {
        throw RunningError(
            .launchFailed, subject: name, detail: "its first line names the interpreter \(words.first ?? ""), which is not on this machine")
    }
    let rest = words.dropFirst().map { $0.trimmed }
    return TaskCommand(arguments: isExecutable ? [file] : [program] + rest + [file], programs: [program] + named(program, rest, searchPath))
}

/// The program that `#!/usr/bin/env NAME` means. A script there (a version manager's shim) is not followed: what it looks for cannot be known.
private func named(_ program: String, _ rest: [String], _ searchPath: String) -> [String] {
    guard program.hasSuffix("/env"), let name = rest.first?.split(separator: " ").first(where: { !$0.hasPrefix("-") && !$0.contains("=") }) else { return [] }
    let candidates = searchPath.split(separator: ":").map { String($0) + "/" + String(name) }
    guard let found = candidates.first(where: { $0.hasPrefix("/") && access($0, X_OK) == 0 }),
        let start = try? Descriptor(found, O_RDONLY).read(2), start != Array("#!".utf8) else { return [] }
    return [found]
}

extension Substring {
    fileprivate var trimmed: String {
        var rest = self
        while rest.first == " " || rest.first == "\t" { rest = rest.dropFirst() }
        while rest.last == " " || rest.last == "\t" { rest = rest.dropLast() }
        return String(rest)
    }
}
