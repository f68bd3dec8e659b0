// What a job.yaml is checked against: the files, zones and folder round it.

/// Answers about the world outside job.yaml, so that its reading needs no disk.
struct JobSurroundings: Sendable {
    enum FileState: Equatable, Sendable {
        case file(executable: Bool)
        case folder, missing
        /// A link or `..` leads out of the workspace.
        case outside
        /// Something under a folder whose name begins with a dot, such as the data folder.
        case hidden
    }

    /// Of a path in the job folder.
    var file: @Sendable (String) -> FileState
    /// Of a path relative to the job folder that may lead elsewhere in the workspace.
    var input: @Sendable (String) -> FileState
    /// Files directly in the job folder, for suggestions and for environments that are found by themselves.
    var fileNames: [String]
    /// Nil when a time zone is known, else the names that were perhaps meant.
    var unknownZone: @Sendable (String) -> [String]?
}
