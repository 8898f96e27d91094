/* SPDX-License-Identifier: BSD-2-Clause */
/* How bad something is. What is bad about a cluster is decided by model/verdict.h alone. */
#ifndef MODEL_SEVERITY_H
#define MODEL_SEVERITY_H

enum severity { SEVERITY_NONE, SEVERITY_OK, SEVERITY_WARN, SEVERITY_CRIT, SEVERITY_COUNT };

#endif
