/* Keys while a line is typed: one of view/prompt each. */
#include "screen/app_parts.h"

static void do_character_left(struct app *a)
{
	prompt_left(&a->prompt);
}

static void do_character_right(struct app *a)
{
	prompt_right(&a->prompt);
}

static void do_word_left(struct app *a)
{
	prompt_word_left(&a->prompt);
}

static void do_word_right(struct app *a)
{
	prompt_word_right(&a->prompt);
}

static void do_line_start(struct app *a)
{
	prompt_start(&a->prompt);
}

static void do_line_end(struct app *a)
{
	prompt_end(&a->prompt);
}

static void do_erase(struct app *a)
{
	prompt_erase(&a->prompt);
}

static void do_erase_next(struct app *a)
{
	prompt_erase_next(&a->prompt);
}

static void do_cut_word(struct app *a)
{
	prompt_cut_word(&a->prompt);
}

static void do_cut_last_word(struct app *a)
{
	prompt_cut_last_word(&a->prompt);
}

static void do_cut_next_word(struct app *a)
{
	prompt_cut_next_word(&a->prompt);
}

static void do_cut_start(struct app *a)
{
	prompt_cut_start(&a->prompt);
}

static void do_cut_end(struct app *a)
{
	prompt_cut_end(&a->prompt);
}

static void do_put(struct app *a)
{
	prompt_put(&a->prompt);
}

static void do_swap(struct app *a)
{
	prompt_swap(&a->prompt);
}

const struct app_handler app_typing_handlers[] = {
	{ACTION_CHARACTER_LEFT, do_character_left},
	{ACTION_CHARACTER_RIGHT, do_character_right},
	{ACTION_WORD_LEFT, do_word_left},
	{ACTION_WORD_RIGHT, do_word_right},
	{ACTION_LINE_START, do_line_start},
	{ACTION_LINE_END, do_line_end},
	{ACTION_ERASE, do_erase},
	{ACTION_ERASE_NEXT, do_erase_next},
	{ACTION_CUT_WORD, do_cut_word},
	{ACTION_CUT_LAST_WORD, do_cut_last_word},
	{ACTION_SWAP, do_swap},
	{ACTION_CUT_NEXT_WORD, do_cut_next_word},
	{ACTION_CUT_START, do_cut_start},
	{ACTION_CUT_END, do_cut_end},
	{ACTION_PUT, do_put},
	{ACTION_NONE, NULL}
};
