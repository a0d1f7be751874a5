/* Keys while a line is typed: one of view/prompt each. */
#include "screen/app_parts.h"

void app_character_left(struct app *a)
{
	prompt_left(&a->prompt);
}

void app_character_right(struct app *a)
{
	prompt_right(&a->prompt);
}

void app_word_left(struct app *a)
{
	prompt_word_left(&a->prompt);
}

void app_word_right(struct app *a)
{
	prompt_word_right(&a->prompt);
}

void app_line_start(struct app *a)
{
	prompt_start(&a->prompt);
}

void app_line_end(struct app *a)
{
	prompt_end(&a->prompt);
}

void app_erase(struct app *a)
{
	prompt_erase(&a->prompt);
}

void app_erase_next(struct app *a)
{
	prompt_erase_next(&a->prompt);
}

void app_cut_word(struct app *a)
{
	prompt_cut_word(&a->prompt);
}

void app_cut_last_word(struct app *a)
{
	prompt_cut_last_word(&a->prompt);
}

void app_cut_next_word(struct app *a)
{
	prompt_cut_next_word(&a->prompt);
}

void app_cut_start(struct app *a)
{
	prompt_cut_start(&a->prompt);
}

void app_cut_end(struct app *a)
{
	prompt_cut_end(&a->prompt);
}

void app_put(struct app *a)
{
	prompt_put(&a->prompt);
}

void app_swap(struct app *a)
{
	prompt_swap(&a->prompt);
}
