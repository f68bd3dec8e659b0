// How each language's tasks are started: a table, not a class per language.
import Glibc
import Vocabulary

/// The arguments that start a task's file, the first an absolute path. Throws `launchFailed` with what to mend, `environmentFailed` without an interpreter.
func taskArguments(_ task: TaskDefinition, work: String, interpreter: Interpreter?) throws -> [String] {
    let file = work + "/" + task.file
    switch task.language {
    case .python:
        // Unbuffered, so that the log is live; no .pyc files, so that the working folder holds only what the job writes.
        return [try path(of: interpreter, task), "-u", "-B", file]
    case .r: return [try path(of: interpreter, task), "--vanilla", file]
    case .julia: return [try path(of: interpreter, task), "--startup-file=no", file]
    case .command: return try commandArguments(file, name: task.file)
    case .notebook:
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
private func commandArguments(_ file: String, name: String) throws -> [String] {
    let start = try Descriptor(file, O_RDONLY | O_NOFOLLOW).read(4096)
    let isExecutable = access(file, X_OK) == 0
    guard start.starts(with: Array("#!".utf8)) else {
        let isProgram = start.starts(with: [0x7F] + Array("ELF".utf8))
        if isProgram, !isExecutable {
            throw RunningError(.launchFailed, subject: name, detail: "it is a program but not executable: run `chmod +x` on it")
        }
        return isProgram ? [file] : ["/bin/sh", file]
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
    if isExecutable { return [file] }
    return [program] + words.dropFirst().map { $0.trimmed } + [file]
}

extension Substring {
    fileprivate var trimmed: String {
        var rest = self
        while rest.first == " " || rest.first == "\t" { rest = rest.dropFirst() }
        while rest.last == " " || rest.last == "\t" { rest = rest.dropLast() }
        return String(rest)
    }
}
