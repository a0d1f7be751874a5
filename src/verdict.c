/* Owns the one rule that makes an exit status. */
#include "verdict.h"

enum verdict_status verdict_of(const struct verdict *v)
{
	if (v->interrupted)
		return VERDICT_INTERRUPTED;
	if (v->unwritten || (v->strict && v->problems > 0))
		return VERDICT_TROUBLE;
	if (v->matched > 0)
		return VERDICT_MATCHED;
	if (v->unread || v->problems > 0 || v->undecided > 0)
		return VERDICT_TROUBLE;
	return VERDICT_NOTHING;
}
