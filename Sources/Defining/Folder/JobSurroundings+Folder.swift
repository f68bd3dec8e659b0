// The surroundings of a job.yaml on the disk.
internal import Vocabulary

extension JobSurroundings {
    /// The surroundings of the job folder at `folder`; both paths are resolved.
    init(folder: String, workspace: String, walk: FolderWalk, zones: ZoneNames) {
        let names = Set(walk.items.map(\.path))
        self.init(
            file: { path in
                let state = Workspace.state(of: path, from: folder, in: workspace)
                // A file that the walk left out does not travel with the job version.
                if case .file = state, !names.contains(path) { return .missing }
                return state
            },
            input: { Workspace.state(of: $0, from: folder, in: workspace) },
            fileNames: names.filter { !$0.contains("/") }.sorted(),
            unknownZone: { zones.unknown($0) })
    }
}
