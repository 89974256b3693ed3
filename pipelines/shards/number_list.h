#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace firstframe {

/// Numbers in ascending order as schedulers take them: "2,6,9-12". Empty for none.
std::string list_of(const std::vector<std::int64_t>& numbers);

/// The numbers of such a list, ascending, each once.
/// \throws ArgumentError when it is no list, or names a number that is not 0 .. count-1
std::vector<std::int64_t> numbers_of(const std::string& list, std::int64_t count);

/// The number that a scheduler gave this process, from 0:
///
///     SLURM_ARRAY_TASK_ID    Slurm, --array=0-99      counted from 0, as it is
///     SGE_TASK_ID            Grid Engine, -t 1-100    counted from 1, one less
///     PARALLEL_SEQ           GNU parallel             counted from 1, one less
///     JOB_COMPLETION_INDEX   Kubernetes, Indexed      counted from 0, as it is
///
/// \throws ArgumentError when none is set, when several are and do not agree, or when it is not 0 .. count-1
std::int64_t number_from_scheduler(std::int64_t count);

}  // namespace firstframe
