/* Owns the operands that wait.  An opposite of what may hold is what does not
 * surely hold. */
#include "query/expression.h"

#include "base/memory.h"

#include <stdlib.h>

void expression_start(struct expression *e, const struct filter *filter,
		      struct expression_bounds (*ask)(const void *, uint32_t),
		      const void *context)
{
	*e = (struct expression){.filter = filter, .ask = ask,
				 .context = context};
	e->stack = memory_alloc(memory_multiply(filter_depth(filter) + 1,
						sizeof *e->stack));
}

void expression_end(struct expression *e)
{
	free(e->stack);
}

static struct expression_bounds opposite(struct expression_bounds b)
{
	return (struct expression_bounds){~b.maybe, ~b.yes};
}

static struct expression_bounds join(const struct expression_bounds *operand,
				     size_t n, bool all)
{
	struct expression_bounds b = operand[0];

	for (size_t i = 1; i < n; i++) {
		b.yes = all ? b.yes & operand[i].yes : b.yes | operand[i].yes;
		b.maybe = all ? b.maybe & operand[i].maybe
			      : b.maybe | operand[i].maybe;
	}
	return b;
}

struct expression_bounds expression_term(const struct expression *e, size_t i)
{
	const struct filter_term *term = filter_term(e->filter, i);
	size_t count, n = 0;
	const struct filter_node *node = filter_nodes(e->filter, &count);
	struct expression_bounds *stack = e->stack;

	for (uint32_t k = term->first; k < term->end; k++) {
		switch (node[k].kind) {
		case FILTER_LEAF:
			stack[n++] = e->ask(e->context, node[k].n);
			break;
		case FILTER_NOT:
			stack[n - 1] = opposite(stack[n - 1]);
			break;
		case FILTER_AND:
		case FILTER_OR:
			n -= node[k].n;
			stack[n] = join(stack + n, node[k].n,
					node[k].kind == FILTER_AND);
			n++;
			break;
		case FILTER_SAVED:
			break;
		}
	}
	return stack[0];
}

struct expression_bounds expression_all(const struct expression *e)
{
	struct expression_bounds all = {~UINT64_C(0), ~UINT64_C(0)};

	for (size_t i = 0; i < filter_terms(e->filter) && all.maybe; i++) {
		struct expression_bounds b = expression_term(e, i);

		all.yes &= b.yes;
		all.maybe &= b.maybe;
	}
	return all;
}

struct expression_bounds expression_of_set(const struct predicate *t,
					   const struct term_set *set,
					   size_t w)
{
	struct expression_bounds b = {set->yes[w], set->yes[w]};

	if (set->undecided)
		b.maybe |= set->undecided[w];
	return t->negated ? opposite(b) : b;
}
