// Looks into the outputs folder without being led out of it.
import Artifacts
import Glibc
import Synchronization

/// The folder that a job wrote its outputs into. Every step goes through an open folder and follows no link, so that nothing a job left there leads elsewhere.
struct OutputFolder: Sendable {
    private let root: Descriptor

    init(_ path: String) throws { root = try Descriptor(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) }

    /// A regular file that was found.
    struct File: Sendable {
        /// Inside the folder, with `/`.
        let path: String
        let bytes: Int64
    }

    /// Everything in it.
    struct Listing: Sendable {
        var files: [File] = []
        /// What is there but cannot be kept, as a person would say it: `x is a symbolic link`.
        var others: [String] = []
        /// Whether there was more than the limits allow.
        var isCut = false
    }

    /// Opens a regular file. Fails with what a person would say: `is missing`, `is a symbolic link`.
    func open(_ path: String) throws(OutputComplaint) -> Descriptor {
        var parts = path.split(separator: "/").map(String.init)[...]
        guard let name = parts.popLast() else { throw OutputComplaint("is missing") }
        var folder = root
        for part in parts {
            switch folder.open(part, O_RDONLY | O_DIRECTORY) {
            case .success(let inner): folder = inner
            case .failure(let failure) where failure.number == ENOENT: throw OutputComplaint("is missing")
            case .failure: throw OutputComplaint("lies behind `\(part)`, which is not a folder")
            }
        }
        var status = stat()
        guard fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw OutputComplaint(errno == ENOENT ? "is missing" : "cannot be read: \(SystemFailure(number: errno).text)")
        }
        guard status.isRegular else { throw OutputComplaint("is \(status.kind), not a regular file") }
        // Between the two calls nothing should have changed, but what was opened is what counts.
        switch folder.open(name, O_RDONLY | O_NONBLOCK) {
        case .failure(let failure): throw OutputComplaint("cannot be read: \(failure.text)")
        case .success(let file):
            guard let opened = try? file.status(), opened.isRegular else { throw OutputComplaint("is not a regular file") }
            return file
        }
    }

    /// Every file in byte order of the paths, at most `limit`, and at most 32 folders deep.
    func list(limit: Int) throws -> Listing {
        var listing = Listing()
        try list(root, path: "", depth: 0, limit: limit, into: &listing)
        return listing
    }

    private func list(_ folder: Descriptor, path: String, depth: Int, limit: Int, into listing: inout Listing) throws {
        for name in try Folders.names(in: folder) {
            guard listing.files.count + listing.others.count <= limit, depth < 32 else {
                listing.isCut = true
                return
            }
            guard let text = String(validating: name, as: UTF8.self), !name.contains(where: { $0 < 32 || $0 == 127 }) else {
                listing.others.append("a name that is not plain UTF-8")
                continue
            }
            var status = stat()
            guard fstatat(folder.number, text, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            if status.isRegular {
                listing.files.append(File(path: path + text, bytes: Int64(status.st_size)))
            } else if status.isFolder, case .success(let inner) = folder.open(text, O_RDONLY | O_DIRECTORY) {
                try list(inner, path: path + text + "/", depth: depth + 1, limit: limit, into: &listing)
            } else {
                listing.others.append("\(path + text) (\(status.kind))")
            }
        }
    }

    /// A source of a file's bytes that opens it only when it is read, so that a thousand files do not need a thousand descriptors.
    func source(_ path: String) -> ByteSource {
        let state = Mutex<Reading>(.waiting)
        return ByteSource {
            try state.withLock { state -> [UInt8]? in
                if case .ended = state { return nil }
                let file: Descriptor
                if case .open(let already) = state { file = already } else { file = try open(path) }
                let bytes = try file.read()
                state = bytes.isEmpty ? .ended : .open(file)
                return bytes.isEmpty ? nil : bytes
            }
        }
    }

    private enum Reading { case waiting, open(Descriptor), ended }
}

/// What is wrong with an output: the part of a sentence that follows its name.
struct OutputComplaint: Error {
    let text: String
    init(_ text: String) { self.text = text }
}
