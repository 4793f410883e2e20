/* frame.h - WebSocket frames (RFC 6455) of a server that sends texts and takes short ones. It knows no socket. */
#ifndef MU_SERVER_FRAME_H
#define MU_SERVER_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum { MU_FRAME_MOST = 4096 }; /* bytes of what a client may say at once */

typedef enum mu_opcode { MU_FRAME_TEXT = 1, MU_FRAME_CLOSE = 8, MU_FRAME_PING = 9, MU_FRAME_PONG = 10 } mu_opcode;

typedef struct mu_frame {
    mu_opcode opcode;
    char *text; /* unmasked, in the caller's bytes; no NUL behind it */
    size_t len;
} mu_frame;

/* One frame at the begin of `bytes`: how many bytes it has; 0 where more must come; a negative closing code where it is
 * refused: what a client of ours never sends (parts of messages, no mask, binary, reserved bits, too much). */
int mu_frame_read(char *bytes, size_t len, mu_frame *frame);
/* Adds the head of a frame that `len` bytes follow. */
void mu_frame_head(mu_buf *out, mu_opcode opcode, size_t len);
void mu_frame_close(mu_buf *out, int code);

#endif
