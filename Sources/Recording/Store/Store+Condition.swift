// How it stands with the database: full, broken or well, and the way back from full.

extension Store {
    /// How it stands with the database now.
    package var condition: StoreCondition { signals.condition }

    /// Calls `body`, at once and from any thread, whenever runs were queued or their end was asked for in this process.
    package func whenRunsChange(_ body: @escaping @Sendable () -> Void) { signals.whenRunsChange(body) }

    /// Calls `body`, at once and from any thread, whenever the condition changes.
    package func whenConditionChanges(_ body: @escaping @Sendable (StoreCondition) -> Void) { signals.whenConditionChanges(body) }

    /// Tries with a small write, and a look at the disk, whether a full database has room again; says whether it has.
    package func hasRoomAgain() async throws -> Bool {
        guard database.hasRoom else { return false }
        do {
            // Something must change: what stays as it was is not written.
            try await write { try $0.bumpAccessEpoch() }
        } catch let error as RecordingError where error.code == .diskFull {
            return false
        }
        signals.note(.well)
        return true
    }

    /// Notes what an error says about the database, and hands it on.
    func noting<Value>(_ body: () async throws -> Value) async throws -> Value {
        if case .broken(let sentence) = signals.condition { throw RecordingError(.broken, subject: "the record", detail: sentence) }
        do {
            return try await body()
        } catch let error as RecordingError where error.code == .broken {
            signals.note(.broken(error.detail))
            throw error
        } catch let error as RecordingError where error.code == .diskFull {
            signals.note(.full)
            throw error
        }
    }
}
