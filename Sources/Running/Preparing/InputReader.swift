// Takes snapshots of a job's inputs, so that the record knows exactly what a run read.
package import Artifacts
import Glibc
package import Vocabulary

/// Reads the inputs that are files of the workspace.
package struct InputReader: Sendable {
    let artifacts: any ArtifactStore
    let workspace: String

    /// - Parameter workspace: absolute.
    package init(artifacts: any ArtifactStore, workspace: String) {
        self.artifacts = artifacts
        self.workspace = workspace
    }

    /// A snapshot of each input, in the definition's order, durable when this returns. A file of the job's own folder is the job version's, whatever stands
    /// on the disk by now; the job sees each input as `<input name>.<ending>`. Throws `inputUnavailable`, `storageFailed`.
    /// - Parameter laidOut: an attempt that was given its inputs already; what counts is what lies in its folder, not what the workspace holds by now.
    package func snapshots(job: String, definition: JobDefinition, manifest: Manifest, laidOut: AttemptFolder? = nil) async throws -> [Snapshot] {
        var found: [(input: InputDefinition, path: String, file: Manifest.File?)] = []
        for input in definition.inputs {
            guard case .path(let path) = input.source else {
                throw RunningError(.inputUnavailable, subject: input.name, detail: "only inputs with `path:` can be read yet")
            }
            guard let inside = InputReader.resolve(path, from: ["Jobs", job]) else {
                throw RunningError(.inputUnavailable, subject: input.name, detail: "its path leads out of the workspace")
            }
            let own = "Jobs/\(job)/"
            found.append((input, inside, inside.hasPrefix(own) ? manifest.file(String(inside.dropFirst(own.count))) : nil))
        }
        let sources = try found.filter { $0.file == nil }.map { item in
            if let laidOut { return ByteSource(file: laidOut.inputs + "/" + InputReader.fileName(item.input.name, path: item.path)) }
            return try source(item.path, of: item.input.name)
        }
        var stored = try await artifacts.put(sources)[...]
        return found.compactMap { item in
            let bytes = item.file.map { StoredArtifact(sha256: $0.sha256, bytes: $0.bytes) } ?? stored.popFirst()
            return bytes.map {
                Snapshot(
                    input: item.input.name, fileName: InputReader.fileName(item.input.name, path: item.path), sha256: $0.sha256, bytes: $0.bytes,
                    origin: item.path)
            }
        }
    }

    private func source(_ path: String, of input: String) throws -> ByteSource {
        guard let real = realpath(workspace + "/" + path, nil), let root = realpath(workspace, nil) else {
            throw RunningError(.inputUnavailable, subject: input, detail: "\(path) cannot be read: \(SystemFailure(number: errno).text)")
        }
        defer {
            free(real)
            free(root)
        }
        let target = String(cString: real)
        guard target.hasPrefix(String(cString: root) + "/") else {
            throw RunningError(.inputUnavailable, subject: input, detail: "\(path) is a link that leads out of the workspace")
        }
        guard let file = try? Descriptor(target, O_RDONLY | O_NOFOLLOW | O_NONBLOCK), try file.status().isRegular else {
            throw RunningError(.inputUnavailable, subject: input, detail: "\(path) is not a file that can be read")
        }
        return ByteSource(file: target)
    }

    /// A relative path seen from a folder, with `.` and `..` worked out; nil when it is absolute, empty or climbs out.
    static func resolve(_ path: String, from folder: [String]) -> String? {
        guard !path.isEmpty, !path.hasPrefix("/") else { return nil }
        var parts = folder
        for part in path.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(String(part))
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "/")
    }

    /// `<name>.<ending>`: the same whatever the file is called, and never that of another input.
    static func fileName(_ input: String, path: String) -> String {
        let last = path.split(separator: "/").last ?? ""
        guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return input }
        return input + last[dot...]
    }
}
