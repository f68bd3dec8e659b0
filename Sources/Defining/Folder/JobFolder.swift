// A job folder as it was read: its definition and its files, or what keeps it from being used.
package import Vocabulary

/// A job folder that can be registered.
package struct JobFolder: Hashable, Sendable {
    package let name: String
    package let definition: JobDefinition
    /// The files of the job version.
    package let manifest: Manifest
    /// SHA-256 of the manifest's text: the identity of the job version.
    package let manifestDigest: Digest
    /// Warnings only.
    package let diagnostics: [Diagnostic]
    /// Absolute path, links resolved.
    package let folder: String

    package init(
        name: String, definition: JobDefinition, manifest: Manifest, manifestDigest: Digest, diagnostics: [Diagnostic] = [], folder: String
    ) {
        self.name = name
        self.definition = definition
        self.manifest = manifest
        self.manifestDigest = manifestDigest
        self.diagnostics = diagnostics
        self.folder = folder
    }

    /// The files, sorted by path.
    package var files: [Manifest.File] { manifest.files }
}

/// What came of reading a job folder.
package enum JobReading: Hashable, Sendable {
    case good(JobFolder)
    /// At least one of the diagnostics is an error.
    case broken(name: String, [Diagnostic])

    /// The name of the job's folder.
    package var name: String {
        switch self {
        case .good(let folder): folder.name
        case .broken(let name, _): name
        }
    }

    /// Errors and warnings, in the order of the files.
    package var diagnostics: [Diagnostic] {
        switch self {
        case .good(let folder): folder.diagnostics
        case .broken(_, let diagnostics): diagnostics
        }
    }
}
