/* carrier.h - over what messages go. */
#ifndef MU_PROGRAMME_CARRIER_H
#define MU_PROGRAMME_CARRIER_H

typedef enum mu_carrier { MU_MAIL, MU_WEBHOOK, MU_SLACK, MU_CARRIERS } mu_carrier;

/* "mail", "webhook", "slack" */
const char *mu_carrier_word(mu_carrier way);

#endif
