-- The ground: every noun of the contract with exactly its public columns, and what the hub keeps beside them.

create table hub (
  one integer primary key check (one = 1),
  hubId text not null,
  epoch integer not null,
  feed text not null,
  nextPatientNumber integer not null,
  -- JSON: "all", or the names of the network cards that it listens on.
  lanCards text not null default '"all"'
) strict;

create table events (
  seq integer primary key autoincrement,
  type text not null,
  at text not null,
  clinicId text,
  doctorId text,
  actorId text,
  rooms text not null,
  changes text not null
) strict;

create table audit (
  id integer primary key,
  at text not null,
  actorId text,
  device text not null,
  action text not null,
  noun text not null,
  recordId text,
  outcome text not null,
  detail text not null,
  hash text not null
) strict;
create index auditByRecord on audit (recordId, id);

-- Answers are too long for a table that is its own index.
create table idempotency (
  id integer primary key,
  userId text not null,
  key text not null,
  route text not null,
  bodyHash text not null,
  answer text not null,
  at text not null
) strict;
create unique index idempotencyByKey on idempotency (userId, key, route);

create table clinics (
  id text primary key, name text not null, timeZone text not null, currency text not null, language text not null,
  address text not null, phone text not null, settings text not null, version integer not null
) strict;

create table closures (
  id text primary key, clinicId text not null references clinics, "from" text not null, "to" text not null,
  reason text not null, withdrawn integer not null, version integer not null
) strict;
create index closuresByClinic on closures (clinicId, "to");

create table pools (
  id text primary key, clinicId text not null references clinics, name text not null, ticketLetter text not null,
  doctorIds text not null, active integer not null, version integer not null
) strict;
create index poolsByClinic on pools (clinicId);

create table doctors (
  id text primary key, clinicId text not null references clinics, userId text references users,
  displayName text not null, specialty text not null, ticketLetter text not null, roomId text references rooms,
  roomToday text, expectedAt text, active integer not null, version integer not null
) strict;
create index doctorsByClinic on doctors (clinicId);
create index doctorsByUser on doctors (userId);

create table schedules (
  id text primary key references doctors, doctorId text not null, sessions text not null, version integer not null
) strict;

create table leaves (
  id text primary key, doctorId text not null references doctors, "from" text not null, "to" text not null,
  reason text not null, version integer not null
) strict;
create index leavesByDoctor on leaves (doctorId, "to");

create table services (
  id text primary key, clinicId text not null references clinics, name text not null, minutes integer not null,
  priceMinor integer not null check (priceMinor >= 0), isConsultation integer not null, active integer not null,
  version integer not null
) strict;
create index servicesByClinic on services (clinicId);

create table rooms (
  id text primary key, clinicId text not null references clinics, name text not null, publicLabel text not null,
  active integer not null, version integer not null
) strict;
create index roomsByClinic on rooms (clinicId);

create table boards (
  id text primary key references clinics, clinicId text not null references clinics, message text, messageUntil text,
  version integer not null
) strict;

-- S5: which address of the hub a phone on the clinic's Wi-Fi was seen to reach, and what slips tell.
create table phonePages (
  clinicId text primary key references clinics, address text, testedAt text, testedById text references users,
  slipDetails integer not null
) strict;

create table users (
  id text primary key, username text not null unique, displayName text not null, roles text not null,
  clinicIds text not null, language text not null, active integer not null, version integer not null
) strict;

create table credentials (
  userId text primary key references users, passwordHash text not null, pinHash text
) strict;

create table sessions (
  id text primary key, userId text not null references users, "where" text not null, startedAt text not null,
  lastSeenAt text not null, endedAt text, endReason text
) strict;
create index sessionsByUser on sessions (userId, endedAt);

-- Refresh tokens, hashed. A predecessor serves until its successor is used, 30 s at most.
create table refreshTokens (
  hash text primary key, sessionId text not null references sessions, madeAt text not null, expiresAt text not null,
  replacedAt text, successorUsed integer not null default 0, predecessor text
) strict;
create index refreshTokensBySession on refreshTokens (sessionId);

create table devices (
  id text primary key, name text not null, pairedAt text not null, pairedById text not null references users,
  online integer not null, since text not null, revokedAt text, version integer not null
) strict;

-- The certificate by which a device is known, and which root signed it.
create table deviceKeys (
  deviceId text primary key references devices, publicKey text not null unique, rootFingerprint text not null
) strict;

create table staff (
  id text primary key references users, status text not null, since text not null, version integer not null
) strict;

create table presence (
  id text primary key references users, online integer not null, since text not null, version integer not null
) strict;

create table patients (
  id text primary key, number text not null unique, familyName text not null, givenName text not null,
  title text not null, sex text not null, birthDate text, birthDateEstimated integer not null, phones text not null,
  address text not null, identifiers text not null, language text, guardian text, note text not null, photo text,
  deceasedOn text, mergedIntoId text references patients, version integer not null
) strict;
create index patientsByBirthDate on patients (birthDate);
create index patientsByWinner on patients (mergedIntoId) where mergedIntoId is not null;

-- Which clinics know a patient: their staff hear of changes.
create table patientClinics (
  patientId text not null references patients, clinicId text not null references clinics,
  primary key (patientId, clinicId)
) strict, without rowid;

-- The row number is the patient's number. Everything is folded before it comes here (rules/patient-names.ts).
create virtual table patientSearch using fts5(
  names, digits, numbers, birthDate, content='', contentless_delete=1,
  tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'", prefix = '2 3'
);

create table allergies (
  id text primary key references patients, state text not null, items text not null, version integer not null
) strict;

create table merges (
  id text primary key, winnerId text not null references patients, loserId text not null references patients,
  at text not null, actorId text not null, moved text not null, undoneAt text
) strict;
create index mergesByWinner on merges (winnerId);
create index mergesByLoser on merges (loserId);

create table appointments (
  id text primary key, clinicId text not null references clinics, doctorId text not null references doctors,
  patientId text not null references patients, serviceId text not null references services, day text not null,
  startsAt text not null, endsAt text not null, status text not null, overbooked integer not null,
  overbookReason text, cancelReason text, moveAsked text, note text not null, bookedById text not null, moves integer not null,
  version integer not null, check (startsAt < endsAt)
) strict;
create index appointmentsByDay on appointments (clinicId, day, startsAt);
create index appointmentsByDoctor on appointments (doctorId, day, startsAt);
create index appointmentsByPatient on appointments (patientId, startsAt);

-- A2: the database itself refuses the second booking of a slot: one row for each five minutes and seat.
create table bookedCells (
  doctorId text not null, at text not null, seat integer not null, appointmentId text not null references appointments,
  primary key (doctorId, at, seat)
) strict, without rowid;
create index bookedCellsByAppointment on bookedCells (appointmentId);

-- Q12: who has to be told that an appointment is not as they know it.
create table phoneCalls (
  id text primary key, clinicId text not null references clinics, appointmentId text not null references appointments,
  day text not null, why text not null, causeId text not null, doctorId text not null references doctors,
  startsAt text not null, withdrawn integer not null, toldAt text, toldById text, version integer not null
) strict;
create index phoneCallsByDay on phoneCalls (clinicId, day);
create index phoneCallsToMake on phoneCalls (clinicId, appointmentId) where toldAt is null and withdrawn = 0;
create index phoneCallsByAppointment on phoneCalls (appointmentId);
create index phoneCallsByCause on phoneCalls (causeId);

-- Q12: what one who was gone left behind, moved as a whole; `kept` is what undo needs.
create table rebookings (
  id text primary key, clinicId text not null references clinics, doctorId text not null references doctors,
  at text not null, actorId text not null, kept text not null, undoneAt text
) strict;

create table ticketCounters (
  clinicId text not null, day text not null, letter text not null, last integer not null,
  primary key (clinicId, day, letter)
) strict, without rowid;

create table visits (
  id text primary key, clinicId text not null references clinics, day text not null, ticket text not null,
  patientId text references patients, label text, doctorId text references doctors, poolId text references pools,
  serviceId text references services, appointmentId text references appointments, nextAppointmentIds text not null,
  status text not null, urgency text not null, triaged integer not null, lookedAt text, arrivedAt text not null,
  arrivedCorrected integer not null, enteredAt text not null, statusAt text not null, queuedAt text not null,
  dueAt text, nearFront integer not null, parked integer not null, calledAt text, calls integer not null,
  notHere integer not null, skippedUntil text, skippedCalls integer not null, awayUntil text, roomId text,
  outOfOrder integer not null, familyId text, consultationStartedAt text, endedAt text, endReason text,
  mergedIntoId text references visits, lookedForBy text, owesReason text, owesById text, version integer not null
) strict;
-- Q3: never repeated in a day. By number first: the day's check-ins then lie side by side, whatever their letter.
create unique index visitsByTicket on visits (clinicId, day, substr(ticket, 2), ticket);
-- Q2: at most one open visit of a patient in a clinic and day; it also finds the open visits of a day.
create unique index openVisits on visits (clinicId, day, patientId)
  where status not in ('completed', 'left', 'cancelled', 'no_show');
-- Q11: who is with a doctor now, few of however many wait.
create index visitsInside on visits (clinicId, day) where status in ('called', 'in_consultation');
create index visitsByDoctor on visits (doctorId, day, calledAt) where calledAt is not null;
-- Q11: a doctor's last consultations of one visit type.
create index consultationsByType on visits (doctorId, serviceId, consultationStartedAt)
  where consultationStartedAt is not null;
-- Covering what a debt is looked for by, so that years of visits are not read one by one.
create index visitsByPatient on visits (patientId, day, clinicId, status, id);

-- Q11: what was told last, and announced.
create table waits (
  id text primary key references visits, clinicId text not null references clinics, day text not null,
  p50Minutes integer, p80Minutes integer, delayed integer not null, version integer not null
) strict;
create index waitsByDay on waits (clinicId, day);
create table forecasts (
  id text primary key references doctors, clinicId text not null references clinics, day text not null, endsAt text,
  unseen integer not null, version integer not null
) strict;
create index forecastsByClinic on forecasts (clinicId, day);

-- S2: one row is one bed, and an index refuses a second one of the same visit.
create table beds (
  id text primary key, clinicId text not null references clinics, roomId text not null references rooms,
  label text not null, status text not null, visitId text references visits, since text not null,
  active integer not null, version integer not null, check ((status = 'occupied') = (visitId is not null))
) strict;
create unique index bedsByVisit on beds (visitId) where visitId is not null;
create index bedsByClinic on beds (clinicId);

-- Who lay where and when; `kept` is what undo needs.
create table bedSteps (
  id text primary key, bedId text not null references beds, step text not null, "to" text not null,
  visitId text references visits, at text not null, actorId text, kept text not null, undone integer not null
) strict;
create index bedStepsByBed on bedSteps (bedId, at);

create table visitSteps (
  visitId text not null references visits, id text not null, step text not null, "from" text, "to" text not null,
  at text not null, actorId text, reason text, undone integer not null, before text, primary key (visitId, id)
) strict, without rowid;

-- S5: once a visit, by whoever holds its ticket.
create table ratings (
  visitId text primary key references visits, clinicId text not null references clinics,
  doctorId text references doctors, day text not null, at text not null,
  stars integer not null check (stars between 1 and 5), words text not null
) strict, without rowid;
create index ratingsByClinic on ratings (clinicId, at);

-- T2: one look at a patient, as it was taken. `patientId` is always the visit's.
create table triageRecords (
  id text primary key, clinicId text not null, visitId text not null references visits,
  patientId text references patients, takenAt text not null, takenById text not null, respiration integer, spo2 integer,
  spo2Scale integer not null, oxygen text, oxygenTenths integer, systolic integer, diastolic integer, pulse integer,
  consciousness text, temperatureTenths integer, pain integer, weightGrams integer, heightMillimetres integer,
  glucoseTenths integer, scaleDecidedById text, ageMonths integer, ageBand text, pregnancy text not null,
  risk text not null, level text not null, loweredReason text, version integer not null,
  check (spo2Scale = 1 or scaleDecidedById is not null)
) strict;
create index triageRecordsByPatient on triageRecords (patientId, takenAt) where patientId is not null;
create index triageRecordsByVisit on triageRecords (visitId, takenAt);
create index triageRecordsByClinic on triageRecords (clinicId, takenAt);

create table rulePackChoices (
  id text primary key references clinics, clinicId text not null, packs text not null, signedBy text not null,
  signedOn text not null, recordedAt text not null, recordedById text not null, version integer not null
) strict;

-- What is written of a visit, for clinical roles alone. `patientId` is always the visit's.
create table consultations (
  id text primary key references visits, clinicId text not null, patientId text references patients,
  doctorId text references doctors, day text not null, reason text not null, notes text not null,
  diagnoses text not null, status text not null, savedAt text not null, savedById text not null,
  version integer not null
) strict;
create index consultationsByPatient on consultations (patientId, day) where patientId is not null;

-- What it said before: the text as it stood when somebody else went on, or after some minutes of writing.
create table consultationVersions (
  consultationId text not null references consultations, version integer not null, reason text not null,
  notes text not null, diagnoses text not null, savedAt text not null, savedById text not null,
  primary key (consultationId, version)
) strict, without rowid;

create table prescriptions (
  id text primary key, clinicId text not null, visitId text not null references visits,
  patientId text references patients, doctorId text references doctors, medicine text not null, dose text not null,
  howOften text not null, howLong text not null, note text not null, allergyReason text, prescribedAt text not null,
  prescribedById text not null, withdrawnAt text, version integer not null
) strict;
create index prescriptionsByPatient on prescriptions (patientId, prescribedAt) where patientId is not null;
create index prescriptionsByVisit on prescriptions (visitId);

create table orders (
  id text primary key, clinicId text not null, visitId text not null references visits,
  patientId text references patients, doctorId text references doctors, kind text not null, what text not null,
  status text not null, dueOn text, result text not null, orderedAt text not null, orderedById text not null,
  doneAt text, doneById text, withdrawnAt text, version integer not null
) strict;
create index ordersByPatient on orders (patientId, orderedAt) where patientId is not null;
create index ordersByVisit on orders (visitId);
create index openOrders on orders (doctorId) where doneAt is null and withdrawnAt is null;
create index openOrdersOfClinic on orders (clinicId) where doneAt is null and withdrawnAt is null;

-- The files themselves lie in the folder `files`, each under its hash.
create table attachments (
  id text primary key, clinicId text not null, visitId text not null references visits,
  patientId text references patients, name text not null, type text not null, bytes integer not null,
  sha256 text not null, addedAt text not null, addedById text not null, withdrawnAt text, version integer not null
) strict;
create index attachmentsByPatient on attachments (patientId, addedAt) where patientId is not null;
create index attachmentsByVisit on attachments (visitId);
create index attachmentsByFile on attachments (sha256);

-- Reception's recall list.
create table followUps (
  id text primary key, clinicId text not null references clinics, visitId text not null references visits,
  patientId text references patients, doctorId text references doctors, byDay text not null, reason text not null,
  status text not null, appointmentId text references appointments, madeAt text not null, madeById text not null,
  decidedAt text, decidedById text, withdrawn integer not null, version integer not null
) strict;
create index openFollowUps on followUps (clinicId, byDay) where status = 'open' and withdrawn = 0;
create index followUpsByVisit on followUps (visitId);
create index followUpsByAppointment on followUps (appointmentId) where appointmentId is not null;

create table medicines (
  id text primary key, clinicId text not null references clinics, name text not null, dose text not null,
  howOften text not null, howLong text not null, active integer not null, version integer not null
) strict;
create index medicinesByClinic on medicines (clinicId);
create table diagnosisTerms (
  id text primary key, clinicId text not null references clinics, text text not null, code text,
  active integer not null, version integer not null
) strict;
create index diagnosisTermsByClinic on diagnosisTerms (clinicId);

create table charges (
  id text primary key, visitId text not null references visits, clinicId text not null, doctorId text, serviceId text,
  description text not null, amountMinor integer not null check (amountMinor >= 0), currency text not null,
  waivedMinor integer not null check (waivedMinor between 0 and amountMinor), waiverReason text, waivedById text,
  payer text not null, payerName text not null, createdAt text not null, createdById text not null, reversedAt text,
  reverseReason text, version integer not null
) strict;
create index chargesByVisit on charges (visitId, reversedAt, payer, amountMinor, waivedMinor);

create table payments (
  id text primary key, clinicId text not null references clinics, visitId text references visits,
  appointmentId text references appointments, kind text not null, refundOfId text references payments,
  amountMinor integer not null check (amountMinor > 0), currency text not null, method text not null,
  receiptNumber integer not null, day text not null, at text not null, byId text not null, reason text,
  version integer not null
) strict;
-- M3
create unique index paymentsByReceipt on payments (clinicId, receiptNumber);
create index paymentsByVisit on payments (visitId, kind, amountMinor) where visitId is not null;
create index paymentsByAppointment on payments (appointmentId) where appointmentId is not null;
create index paymentsByDay on payments (clinicId, day);
create index refundsOfPayment on payments (refundOfId) where refundOfId is not null;

-- M2: what a visit's lines come to, less what was paid. The sums of rules/money.ts, for the database's own use.
create view balances as
  select id as visitId,
    coalesce((select sum(amountMinor - waivedMinor) from charges
      where visitId = visits.id and reversedAt is null and payer = 'patient'), 0)
    - coalesce((select sum(iif(kind = 'payment', amountMinor, -amountMinor)) from payments
      where visitId = visits.id), 0) as balanceMinor
  from visits;

-- Q2: the visits that are not paid for. An index that SQLite has no words for: with it a debt of years is found without
-- adding up each of them while somebody is at the desk. Nothing but these triggers writes it (docs/decisions/0015).
create table owingVisits (visitId text primary key references visits) strict, without rowid;
create trigger owingAfterCharge after insert on charges begin
  delete from owingVisits where visitId = new.visitId;
  insert into owingVisits select visitId from balances where visitId = new.visitId and balanceMinor > 0;
end;
create trigger owingAfterChargeChange after update on charges begin
  delete from owingVisits where visitId in (old.visitId, new.visitId);
  insert into owingVisits select visitId from balances where visitId in (old.visitId, new.visitId) and balanceMinor > 0;
end;
create trigger owingAfterPayment after insert on payments begin
  delete from owingVisits where visitId = new.visitId;
  insert into owingVisits select visitId from balances where visitId = new.visitId and balanceMinor > 0;
end;
create trigger owingAfterPaymentChange after update on payments begin
  delete from owingVisits where visitId in (old.visitId, new.visitId);
  insert into owingVisits select visitId from balances where visitId in (old.visitId, new.visitId) and balanceMinor > 0;
end;

create table alerts (
  id text primary key, clinicId text not null references clinics, scope text not null, severity text not null,
  visitId text references visits, ticket text, topic text, note text, raisedAt text not null, raisedById text,
  asked text not null, dueAt text, escalatedAt text, acknowledgedAt text, acknowledgedById text, resolvedAt text,
  resolvedById text, version integer not null,
  check ((scope = 'patient') = (visitId is not null)), check (topic is null or scope <> 'patient')
) strict;
create index openAlerts on alerts (clinicId, raisedAt) where resolvedAt is null;
create index openHospitalAlerts on alerts (raisedAt) where resolvedAt is null and scope = 'hospital';
-- L3: what the hub goes on with by its clock.
create index dueAlerts on alerts (dueAt) where dueAt is not null;
create index alertsByClinic on alerts (clinicId, raisedAt);
create index alertsByVisit on alerts (visitId) where visitId is not null;

create table alertReasons (
  id text primary key references alerts, kind text not null, dangerSigns text not null, topic text, note text,
  score integer, urgency text, since text, version integer not null
) strict;

create table alertOutcomes (
  id text primary key references alerts, outcome text not null, note text, version integer not null
) strict;

create table alertSteps (
  id text primary key, alertId text not null references alerts, step text not null, at text not null, actorId text,
  asked text not null
) strict;
create index alertStepsByAlert on alertSteps (alertId, step, at);

-- S3: found by their person alone. The rows lie in the order of their making: a commit's check-ins are for many doctors,
-- and would each touch a page of their own. Hence one index by person, in which the unread are looked for too.
create table notifications (
  id text not null, userId text not null references users, clinicId text not null, kind text not null, visitId text,
  parameters text not null, at text not null, readAt text, version integer not null
) strict;
create index notificationsByUser on notifications (userId, id, readAt);
create index unreadOfVisit on notifications (visitId) where readAt is null;

create table notificationPreferences (
  id text primary key references users, levels text not null, alertLevels text not null, version integer not null
) strict;
