// Slows down guessing: a doubling delay per account and per address, never a lock for ever.
import Vocabulary

/// Counts failed sign-ins in memory, in a bounded number of entries.
actor SignInThrottle {
    private struct Entry {
        var failures: Int
        var last: Instant
        /// No try before this.
        var openAt: Instant
    }

    /// How many failures cost nothing, the longest delay in seconds.
    private struct Rule {
        let free: Int
        let longest: Int64
    }

    private static let account = Rule(free: 3, longest: 300)
    private static let address = Rule(free: 20, longest: 60)
    /// After this time without a failure an entry is forgotten.
    private static let memory: Int64 = 3_600_000

    private let most: Int
    private var accounts: [String: Entry] = [:]
    private var addresses: [String: Entry] = [:]

    init(most: Int = 10_000) { self.most = most }

    var entries: Int { accounts.count + addresses.count }

    /// Takes a try: nil when it may go on, else the seconds to wait. It counts as failed until `succeed` says otherwise, so that tries at the same
    /// time do not slip through.
    func attempt(account: String, address: String, at now: Instant) -> Int? {
        let address = ReaderAddress.network(address)
        let waits = [accounts[account], addresses[address]].compactMap { entry in entry.map { $0.openAt - now } }.filter { $0 > 0 }
        if let longest = waits.max() { return Int((longest + 999) / 1000) }
        accounts[account] = Self.next(accounts[account], Self.account, now)
        addresses[address] = Self.next(addresses[address], Self.address, now)
        if accounts.count > most { Self.shrink(&accounts, to: most, now) }
        if addresses.count > most { Self.shrink(&addresses, to: most, now) }
        return nil
    }

    /// The try was right: the account's failures are forgotten, the address gets its try back.
    func succeed(account: String, address: String) {
        accounts[account] = nil
        let address = ReaderAddress.network(address)
        guard var entry = addresses[address] else { return }
        entry.failures -= 1
        addresses[address] = entry.failures > 0 ? entry : nil
    }

    /// The try was not looked at, because the machine was busy: nothing counts.
    func giveBack(account: String, address: String, at now: Instant) {
        accounts[account] = Self.without(accounts[account], now)
        let address = ReaderAddress.network(address)
        addresses[address] = Self.without(addresses[address], now)
    }

    private static func without(_ entry: Entry?, _ now: Instant) -> Entry? {
        guard var entry, entry.failures > 1 else { return nil }
        entry.failures -= 1
        entry.openAt = now
        return entry
    }

    private static func next(_ entry: Entry?, _ rule: Rule, _ now: Instant) -> Entry {
        var failures = 1
        if let entry, now - entry.last < memory { failures = entry.failures + 1 }
        let over = failures - rule.free
        let delay = over <= 0 ? 0 : min(rule.longest, Int64(1) << min(over - 1, 20))
        return Entry(failures: failures, last: now, openAt: now.adding(seconds: delay))
    }

    /// Forgets what is old, then the oldest.
    private static func shrink(_ table: inout [String: Entry], to most: Int, _ now: Instant) {
        table = table.filter { now - $0.value.last < memory }
        guard table.count > most else { return }
        let kept = table.sorted { $0.value.last > $1.value.last }.prefix(most * 3 / 4)
        table = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }
}
