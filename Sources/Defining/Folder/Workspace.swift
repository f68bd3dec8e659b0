// What lies inside a workspace and what does not, once links are resolved.
internal import Vocabulary

/// Questions about paths and the workspace.
enum Workspace {
    /// What a resolved absolute path is, seen from the workspace (resolved too).
    static func state(ofResolved path: String, in workspace: String) -> JobSurroundings.FileState {
        guard path == workspace || path.hasPrefix(workspace == "/" ? "/" : workspace + "/") else { return .outside }
        let inside = path.dropFirst(workspace.utf8.count)
        if inside.split(separator: "/").contains(where: { $0.hasPrefix(".") }) { return .hidden }
        guard let stamp = Files.target(path) else { return .missing }
        switch stamp.kind {
        case .file: return .file(executable: stamp.executable)
        case .folder: return .folder
        case .link, .other: return .missing
        }
    }

    /// What a path from a folder leads to. A path whose file is missing is judged by its steps alone.
    static func state(of path: String, from folder: String, in workspace: String) -> JobSurroundings.FileState {
        if let real = Files.resolved(folder + "/" + path) { return state(ofResolved: real, in: workspace) }
        var steps = folder.split(separator: "/")
        for step in path.split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(step) }
        }
        let plain = "/" + steps.joined(separator: "/")
        return plain.hasPrefix(workspace + "/") ? .missing : .outside
    }
}
