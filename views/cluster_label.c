/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/cluster_label.h"

#include "model/cluster_pin.h"

void cluster_label(struct str *out, const struct ui *ui, const char *id)
{
	if (!id && ui->live.cluster)
		id = ui->live.cluster->cluster_id;
	cluster_name(out, ui->context, NULL, id);
}
