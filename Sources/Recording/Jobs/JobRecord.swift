// A registered job and its versions, as they stand in the record.
package import Vocabulary

/// A registered job with its newest version's definition.
package struct JobRecord: Sendable, Hashable {
    package let id: JobID
    package let name: String
    package let versionID: JobVersionID
    /// Counts from 1 per job.
    package let versionNumber: Int
    package let manifestDigest: Digest
    package let definition: JobDefinition
    package let paused: Bool
    /// Set when the folder was removed: nothing runs, the pages stay.
    package let removedAt: Instant?
    package let currentEditionID: EditionID?
    /// What is wrong with the folder's newest, unaccepted edit; empty when the edit was good.
    package let diagnostics: [Diagnostic]
    package let createdAt: Instant

    package init(
        id: JobID, name: String, versionID: JobVersionID, versionNumber: Int, manifestDigest: Digest, definition: JobDefinition, paused: Bool,
        removedAt: Instant?, currentEditionID: EditionID?, diagnostics: [Diagnostic], createdAt: Instant
    ) {
        self.id = id
        self.name = name
        self.versionID = versionID
        self.versionNumber = versionNumber
        self.manifestDigest = manifestDigest
        self.definition = definition
        self.paused = paused
        self.removedAt = removedAt
        self.currentEditionID = currentEditionID
        self.diagnostics = diagnostics
        self.createdAt = createdAt
    }
}

/// One version of a job: what a run ran.
package struct JobVersionRecord: Sendable, Hashable {
    package let id: JobVersionID
    package let jobID: JobID
    package let number: Int
    package let manifestDigest: Digest
    package let manifest: Manifest
    package let definition: JobDefinition
    package let createdAt: Instant

    package init(
        id: JobVersionID, jobID: JobID, number: Int, manifestDigest: Digest, manifest: Manifest, definition: JobDefinition, createdAt: Instant
    ) {
        self.id = id
        self.jobID = jobID
        self.number = number
        self.manifestDigest = manifestDigest
        self.manifest = manifest
        self.definition = definition
        self.createdAt = createdAt
    }
}
