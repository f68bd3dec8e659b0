// Reads the schedules of visible jobs, and what became of their due times, from the record.
package import Recording
package import Vocabulary

extension SchedulePage {
    /// The last and the next seven days of the reports that the actor may view.
    package static func load(
        from store: Store, actor: Actor, filter: ScheduleFilter = ScheduleFilter(), signs: EngineSigns = EngineSigns(), clock: PageClock
    ) async throws -> SchedulePage {
        // A day more than the axis shows, in whatever zone its days are.
        let reach = Int64(ScheduleAxis.reach + 1) * 86_400
        let (lanes, total) = try await store.scheduleLanes(
            visibleTo: actor, job: filter.job, from: clock.now.adding(seconds: -reach), to: clock.now.adding(seconds: reach),
            offset: filter.job == nil ? (filter.pageNumber - 1) * ScheduleFilter.jobsPerPage : 0, limit: ScheduleFilter.jobsPerPage)
        return SchedulePage(lanes: lanes, total: total, filter: filter, signs: signs, clock: clock)
    }
}
