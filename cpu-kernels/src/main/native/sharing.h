// When a second thread pays.
#pragma once
#include "team.h"

namespace carousel {

// Operations that pay for waking another thread.
constexpr double WORTH_SHARING = 4e5;

inline int threadsFor(Team& team, double operations) { return operations < WORTH_SHARING ? 1 : team.size(); }

}  // namespace carousel
