// Leaving the process that started us behind.
#pragma once

/// Forks twice into a session of its own and returns in the grandchild, with a descriptor on which `ready_tell` reports.
/// The first process waits for that report and exits: 0 when it is good, else with the report's status and its text on stderr.
int detach(void);

/// Ends the first process: status 0, or another with the reason why nothing was started. Closes the descriptor.
void ready_tell(int ready, int status, const char *reason);
