/* The one function that makes errors, and its two additions. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

bool error_set(struct error *err, const char *format, ...)
{
	va_list arguments;

	if (!err)
		return false;
	*err = (struct error){0};
	va_start(arguments, format);
	vsnprintf(err->text, sizeof err->text, format, arguments);
	va_end(arguments);
	return false;
}

bool error_hint(struct error *err, const char *format, ...)
{
	va_list arguments;

	if (!err)
		return false;
	va_start(arguments, format);
	vsnprintf(err->hint, sizeof err->hint, format, arguments);
	va_end(arguments);
	return false;
}

bool error_at(struct error *err, uint64_t line, uint64_t column,
	      uint64_t offset)
{
	if (err) {
		err->line = line;
		err->column = column;
		err->offset = offset;
	}
	return false;
}
