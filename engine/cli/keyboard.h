/* keyboard.h - a terminal that gives every key at once, so that a line which is being typed can be shown again. It is as it was
 * when it is given back, while the program is stopped, and when the program ends. */
#ifndef MU_CLI_KEYBOARD_H
#define MU_CLI_KEYBOARD_H

#include <stdbool.h>

/* False where keyboard or screen is no terminal, or one that can show nothing again. Where the program is stopped by a key, or a signal that
 * is meant so, is seen from now on all the same. */
bool mu_keyboard_take(void);
void mu_keyboard_give_back(void);
/* True once after the program was stopped and goes on: the screen has to be shown again. */
bool mu_keyboard_came_back(void);

#endif
