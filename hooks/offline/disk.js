// On a page opened from disk: a worker cannot be started from a file, so its source is carried in `carriedWorkers`,
// above this line, and started from memory.
"use strict";
(() => {
  const Outside = self.Worker;
  self.Worker = class extends Outside {
    constructor(url, options) {
      const source = self.carriedWorkers[String(url).split("/").pop()];
      super(source ? URL.createObjectURL(new Blob([source], { type: "text/javascript" })) : url, options);
    }
  };
})();
