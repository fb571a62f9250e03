// mode: schema
// Finds who offers what a need asks for.
CREATE INDEX offer_sort IF NOT EXISTS FOR (n:Offer) ON (n.domain, n.resource)
