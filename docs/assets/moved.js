// At a former address: goes on to the present one, keeping the query and the part of the page that was asked for, which
// a plain redirect would drop. The former address does not stay in the history.
const present = new URL(document.querySelector('link[rel="canonical"]').href);
present.search = location.search;
present.hash = location.hash;
location.replace(present);
