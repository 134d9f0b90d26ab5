/* Prints the size of every struct of squelch.h, where each field lies, and every constant. */
#include <stddef.h>
#include <stdio.h>

#include "squelch.h"

#define SIZE(type) printf(#type " %zu\n", sizeof(type))
#define FIELD(type, name) printf(#type "." #name " %zu %zu\n", offsetof(type, name), sizeof(((type*)0)->name))
#define CONSTANT(name) printf(#name " %d\n", (int)(name))

int main(void)
{
#include "layout.inc"
    return 0;
}
