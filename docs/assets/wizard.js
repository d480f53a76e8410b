// The wizard's thin half. It collects the form's fields, asks the worker, and puts the HTML that comes back into the
// page. What fields mean and what results look like is Python's business (selector/web).
//
// State is on the outside, for tests and for pages that embed it:
//   data-wizard-state   static (as printed), loading, ready, failed
//   wizard:result       event with the result as detail, after each change
import { DecisionWizard } from "./wizard/element.js";
import { DecisionReader } from "./wizard/reader.js";
import { DecisionTogether } from "./together/element.js";

DecisionWizard.define();
DecisionReader.define();
DecisionTogether.define();
