BEGIN TRANSACTION;
CREATE TABLE action (
	id INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	"of" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	due DATE, 
	state TEXT NOT NULL, 
	made_by INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	why TEXT NOT NULL, 
	CONSTRAINT action_pkey PRIMARY KEY (id), 
	CONSTRAINT action_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT action_made_by_fkey FOREIGN KEY(made_by) REFERENCES person (id)
);
INSERT INTO "action" VALUES(1,1,'action.source 1 “好” 🎉 \N \. 	
''',1,'action.text 1 “好” 🎉 \N \. 	
''','2024-02-29','action.state 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','action.why 1 “好” 🎉 \N \. 	
''');
INSERT INTO "action" VALUES(2,2,'action.source 2 “好” 🎉 \N \. 	
''',2,'action.text 2 “好” 🎉 \N \. 	
''',NULL,'action.state 2 “好” 🎉 \N \. 	
''',2,'2026-03-02 09:30:15.123458',NULL,'action.why 2 “好” 🎉 \N \. 	
''');
INSERT INTO "action" VALUES(3,3,'action.source 3 “好” 🎉 \N \. 	
''',3,'action.text 3 “好” 🎉 \N \. 	
''','2024-03-02','action.state 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','action.why 3 “好” 🎉 \N \. 	
''');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0010');
CREATE TABLE api_token (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	secret TEXT NOT NULL, 
	metrics JSON NOT NULL, 
	departments JSON NOT NULL, 
	made_by INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	revoked_at DATETIME, 
	used_at DATETIME, 
	CONSTRAINT api_token_pkey PRIMARY KEY (id), 
	CONSTRAINT api_token_secret_key UNIQUE (secret), 
	CONSTRAINT api_token_made_by_fkey FOREIGN KEY(made_by) REFERENCES person (id)
);
INSERT INTO "api_token" VALUES(1,'api_token.name 1 “好” 🎉 \N \. 	
''','api_token.secret 1 “好” 🎉 \N \. 	
''','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','null',1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "api_token" VALUES(2,'api_token.name 2 “好” 🎉 \N \. 	
''','api_token.secret 2 “好” 🎉 \N \. 	
''',5,2.5,2,'2026-03-02 09:30:15.123458',NULL,NULL);
INSERT INTO "api_token" VALUES(3,'api_token.name 3 “好” 🎉 \N \. 	
''','api_token.secret 3 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}',3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE appeal (
	id INTEGER NOT NULL, 
	cycle INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	department TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	parts JSON NOT NULL, 
	facts TEXT NOT NULL, 
	evidence TEXT NOT NULL, 
	talk TEXT NOT NULL, 
	wish TEXT NOT NULL, 
	apart BOOLEAN NOT NULL, 
	filed_at DATETIME NOT NULL, 
	step INTEGER NOT NULL, 
	step_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	completed BOOLEAN NOT NULL, 
	late BOOLEAN NOT NULL, 
	outcome TEXT NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT appeal_pkey PRIMARY KEY (id), 
	CONSTRAINT appeal_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT appeal_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "appeal" VALUES(1,1,1,'appeal.department 1 “好” 🎉 \N \. 	
''',1,'appeal.state 1 “好” 🎉 \N \. 	
''',5,'appeal.facts 1 “好” 🎉 \N \. 	
''','appeal.evidence 1 “好” 🎉 \N \. 	
''','appeal.talk 1 “好” 🎉 \N \. 	
''','appeal.wish 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457',1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457',1,1,'appeal.outcome 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457');
INSERT INTO "appeal" VALUES(2,2,2,'appeal.department 2 “好” 🎉 \N \. 	
''',2,'appeal.state 2 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','appeal.facts 2 “好” 🎉 \N \. 	
''','appeal.evidence 2 “好” 🎉 \N \. 	
''','appeal.talk 2 “好” 🎉 \N \. 	
''','appeal.wish 2 “好” 🎉 \N \. 	
''',0,'2026-03-02 09:30:15.123458',2,'2026-03-02 09:30:15.123458','2026-03-02 09:30:15.123458',0,0,'appeal.outcome 2 “好” 🎉 \N \. 	
''',NULL);
INSERT INTO "appeal" VALUES(3,3,3,'appeal.department 3 “好” 🎉 \N \. 	
''',3,'appeal.state 3 “好” 🎉 \N \. 	
''','"5"','appeal.facts 3 “好” 🎉 \N \. 	
''','appeal.evidence 3 “好” 🎉 \N \. 	
''','appeal.talk 3 “好” 🎉 \N \. 	
''','appeal.wish 3 “好” 🎉 \N \. 	
''',0,'2026-03-02 09:30:15.123459',3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459',0,0,'appeal.outcome 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459');
CREATE TABLE appeal_seat (
	appeal INTEGER NOT NULL, 
	level INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	"on" BOOLEAN NOT NULL, 
	CONSTRAINT appeal_seat_pkey PRIMARY KEY (appeal, level, person), 
	CONSTRAINT appeal_seat_appeal_fkey FOREIGN KEY(appeal) REFERENCES appeal (id), 
	CONSTRAINT appeal_seat_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "appeal_seat" VALUES(1,1,1,1);
INSERT INTO "appeal_seat" VALUES(2,2,2,0);
INSERT INTO "appeal_seat" VALUES(3,3,3,0);
CREATE TABLE appeal_step (
	id INTEGER NOT NULL, 
	appeal INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	"by" INTEGER, 
	at DATETIME NOT NULL, 
	text TEXT NOT NULL, 
	about JSON NOT NULL, 
	CONSTRAINT appeal_step_pkey PRIMARY KEY (id), 
	CONSTRAINT appeal_step_appeal_fkey FOREIGN KEY(appeal) REFERENCES appeal (id), 
	CONSTRAINT appeal_step_by_fkey FOREIGN KEY("by") REFERENCES person (id)
);
INSERT INTO "appeal_step" VALUES(1,1,'appeal_step.kind 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457','appeal_step.text 1 “好” 🎉 \N \. 	
''','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}');
INSERT INTO "appeal_step" VALUES(2,2,'appeal_step.kind 2 “好” 🎉 \N \. 	
''',2,'2026-03-02 09:30:15.123458','appeal_step.text 2 “好” 🎉 \N \. 	
''',5);
INSERT INTO "appeal_step" VALUES(3,3,'appeal_step.kind 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459','appeal_step.text 3 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]');
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor INTEGER, 
	action TEXT NOT NULL, 
	thing TEXT NOT NULL, 
	detail JSON NOT NULL, 
	CONSTRAINT audit_pkey PRIMARY KEY (id)
);
INSERT INTO "audit" VALUES(1,'2026-03-02 09:30:15.123457',1,'audit.action 1 “好” 🎉 \N \. 	
''','audit.thing 1 “好” 🎉 \N \. 	
''',5);
INSERT INTO "audit" VALUES(2,'2026-03-02 09:30:15.123458',NULL,'audit.action 2 “好” 🎉 \N \. 	
''','audit.thing 2 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]');
INSERT INTO "audit" VALUES(3,'2026-03-02 09:30:15.123459',3,'audit.action 3 “好” 🎉 \N \. 	
''','audit.thing 3 “好” 🎉 \N \. 	
''','"5"');
CREATE TABLE broadcast (
	id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	author INTEGER NOT NULL, 
	text JSON NOT NULL, 
	audience JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	cycle INTEGER, 
	channels JSON NOT NULL, 
	send_on DATE, 
	send_at TEXT, 
	version INTEGER NOT NULL, 
	readers INTEGER NOT NULL, 
	started_at DATETIME, 
	finished_at DATETIME, 
	CONSTRAINT broadcast_pkey PRIMARY KEY (id), 
	CONSTRAINT broadcast_cycle_key UNIQUE (cycle), 
	CONSTRAINT broadcast_author_fkey FOREIGN KEY(author) REFERENCES person (id), 
	CONSTRAINT broadcast_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id)
);
INSERT INTO "broadcast" VALUES(1,'broadcast.state 1 “好” 🎉 \N \. 	
''',1,'"5"',5,'2026-03-02 09:30:15.123457',1,5,'2024-02-29','broadcast.send_at 1 “好” 🎉 \N \. 	
''',1,1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "broadcast" VALUES(2,'broadcast.state 2 “好” 🎉 \N \. 	
''',2,'null','[0.30000000000000004,-1.5," ","null"]','2026-03-02 09:30:15.123458',2,'[0.30000000000000004,-1.5," ","null"]',NULL,NULL,2,2,NULL,NULL);
INSERT INTO "broadcast" VALUES(3,'broadcast.state 3 “好” 🎉 \N \. 	
''',3,2.5,'"5"','2026-03-02 09:30:15.123459',3,'"5"','2024-03-02','broadcast.send_at 3 “好” 🎉 \N \. 	
''',3,3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE calendar (
	person INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	host TEXT NOT NULL, 
	connected_at DATETIME NOT NULL, 
	next_at DATETIME NOT NULL, 
	read_at DATETIME, 
	busy INTEGER NOT NULL, 
	problem TEXT NOT NULL, 
	failures INTEGER NOT NULL, 
	telling BOOLEAN NOT NULL, 
	access BLOB NOT NULL, 
	CONSTRAINT calendar_pkey PRIMARY KEY (person), 
	CONSTRAINT calendar_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "calendar" VALUES(1,'calendar.kind 1 “好” 🎉 \N \. 	
''','calendar.host 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457',1,'calendar.problem 1 “好” 🎉 \N \. 	
''',1,1,X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF');
INSERT INTO "calendar" VALUES(2,'calendar.kind 2 “好” 🎉 \N \. 	
''','calendar.host 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458','2026-03-02 09:30:15.123458',NULL,2,'calendar.problem 2 “好” 🎉 \N \. 	
''',2,0,X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF');
INSERT INTO "calendar" VALUES(3,'calendar.kind 3 “好” 🎉 \N \. 	
''','calendar.host 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459',3,'calendar.problem 3 “好” 🎉 \N \. 	
''',3,0,X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF');
CREATE TABLE calendar_busy (
	id INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	CONSTRAINT calendar_busy_pkey PRIMARY KEY (id), 
	CONSTRAINT calendar_busy_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "calendar_busy" VALUES(1,1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "calendar_busy" VALUES(2,2,'2026-03-02 09:30:15.123458','2026-03-02 09:30:15.123458');
INSERT INTO "calendar_busy" VALUES(3,3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE calendar_writing (
	person INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	invitation JSON NOT NULL, 
	next_at DATETIME NOT NULL, 
	tries INTEGER NOT NULL, 
	CONSTRAINT calendar_writing_pkey PRIMARY KEY (person, uid), 
	CONSTRAINT calendar_writing_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "calendar_writing" VALUES(1,'calendar_writing.uid 1 “好” 🎉 \N \. 	
''',1,'null','2026-03-02 09:30:15.123457',1);
INSERT INTO "calendar_writing" VALUES(2,'calendar_writing.uid 2 “好” 🎉 \N \. 	
''',2,2.5,'2026-03-02 09:30:15.123458',2);
INSERT INTO "calendar_writing" VALUES(3,'calendar_writing.uid 3 “好” 🎉 \N \. 	
''',3,'{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','2026-03-02 09:30:15.123459',3);
CREATE TABLE calibration (
	id INTEGER NOT NULL, 
	cycle INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	state TEXT NOT NULL, 
	participants JSON NOT NULL, 
	exceptions JSON NOT NULL, 
	made_by INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	locked_by INTEGER, 
	locked_at DATETIME, 
	CONSTRAINT calibration_pkey PRIMARY KEY (id), 
	CONSTRAINT calibration_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT calibration_made_by_fkey FOREIGN KEY(made_by) REFERENCES person (id), 
	CONSTRAINT calibration_locked_by_fkey FOREIGN KEY(locked_by) REFERENCES person (id)
);
INSERT INTO "calibration" VALUES(1,1,'calibration.name 1 “好” 🎉 \N \. 	
''','calibration.state 1 “好” 🎉 \N \. 	
''',5,2.5,1,'2026-03-02 09:30:15.123457',1,'2026-03-02 09:30:15.123457');
INSERT INTO "calibration" VALUES(2,2,'calibration.name 2 “好” 🎉 \N \. 	
''','calibration.state 2 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}',2,'2026-03-02 09:30:15.123458',2,NULL);
INSERT INTO "calibration" VALUES(3,3,'calibration.name 3 “好” 🎉 \N \. 	
''','calibration.state 3 “好” 🎉 \N \. 	
''','"5"',5,3,'2026-03-02 09:30:15.123459',3,'2026-03-02 09:30:15.123459');
CREATE TABLE calibration_seat (
	cycle INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	session INTEGER NOT NULL, 
	CONSTRAINT calibration_seat_pkey PRIMARY KEY (cycle, person), 
	CONSTRAINT calibration_seat_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT calibration_seat_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT calibration_seat_session_fkey FOREIGN KEY(session) REFERENCES calibration (id)
);
INSERT INTO "calibration_seat" VALUES(1,1,1);
INSERT INTO "calibration_seat" VALUES(2,2,2);
INSERT INTO "calibration_seat" VALUES(3,3,3);
CREATE TABLE carried (
	cycle INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	"of" INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	taken BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT carried_pkey PRIMARY KEY (cycle, kind, "of"), 
	CONSTRAINT carried_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT carried_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "carried" VALUES(1,'carried.kind 1 “好” 🎉 \N \. 	
''',1,1,1,'2026-03-02 09:30:15.123457');
INSERT INTO "carried" VALUES(2,'carried.kind 2 “好” 🎉 \N \. 	
''',2,2,0,'2026-03-02 09:30:15.123458');
INSERT INTO "carried" VALUES(3,'carried.kind 3 “好” 🎉 \N \. 	
''',3,3,0,'2026-03-02 09:30:15.123459');
CREATE TABLE checkin (
	id INTEGER NOT NULL, 
	programme INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	round TEXT NOT NULL, 
	form JSON NOT NULL, 
	goals JSON NOT NULL, 
	rescue JSON NOT NULL, 
	titles JSON NOT NULL, 
	late BOOLEAN NOT NULL, 
	sent_at DATETIME NOT NULL, 
	edited_at DATETIME, 
	CONSTRAINT checkin_pkey PRIMARY KEY (id), 
	CONSTRAINT checkin_programme_round_person_key UNIQUE (programme, round, person), 
	CONSTRAINT checkin_programme_fkey FOREIGN KEY(programme) REFERENCES programme (id), 
	CONSTRAINT checkin_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "checkin" VALUES(1,1,1,'checkin.round 1 “好” 🎉 \N \. 	
''',5,'[0.30000000000000004,-1.5," ","null"]','"5"','"5"',1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "checkin" VALUES(2,2,2,'checkin.round 2 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','"5"','null','null',0,'2026-03-02 09:30:15.123458',NULL);
INSERT INTO "checkin" VALUES(3,3,3,'checkin.round 3 “好” 🎉 \N \. 	
''','"5"','null',2.5,2.5,0,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE clipping (
	id INTEGER NOT NULL, 
	"by" INTEGER NOT NULL, 
	author INTEGER, 
	author_name TEXT NOT NULL, 
	text TEXT NOT NULL, 
	place TEXT NOT NULL, 
	link TEXT NOT NULL, 
	withheld BOOLEAN NOT NULL, 
	said_at DATETIME NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT clipping_pkey PRIMARY KEY (id), 
	CONSTRAINT clipping_by_fkey FOREIGN KEY("by") REFERENCES person (id), 
	CONSTRAINT clipping_author_fkey FOREIGN KEY(author) REFERENCES person (id)
);
INSERT INTO "clipping" VALUES(1,1,1,'clipping.author_name 1 “好” 🎉 \N \. 	
''','clipping.text 1 “好” 🎉 \N \. 	
''','clipping.place 1 “好” 🎉 \N \. 	
''','clipping.link 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "clipping" VALUES(2,2,2,'clipping.author_name 2 “好” 🎉 \N \. 	
''','clipping.text 2 “好” 🎉 \N \. 	
''','clipping.place 2 “好” 🎉 \N \. 	
''','clipping.link 2 “好” 🎉 \N \. 	
''',0,'2026-03-02 09:30:15.123458','2026-03-02 09:30:15.123458');
INSERT INTO "clipping" VALUES(3,3,3,'clipping.author_name 3 “好” 🎉 \N \. 	
''','clipping.text 3 “好” 🎉 \N \. 	
''','clipping.place 3 “好” 🎉 \N \. 	
''','clipping.link 3 “好” 🎉 \N \. 	
''',0,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE closed_group (
	cycle INTEGER NOT NULL, 
	about INTEGER NOT NULL, 
	phase TEXT NOT NULL, 
	readers JSON NOT NULL, 
	CONSTRAINT closed_group_pkey PRIMARY KEY (cycle, about, phase), 
	CONSTRAINT closed_group_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT closed_group_about_fkey FOREIGN KEY(about) REFERENCES person (id)
)
 WITHOUT ROWID

;
INSERT INTO "closed_group" VALUES(1,1,'closed_group.phase 1 “好” 🎉 \N \. 	
''','"5"');
INSERT INTO "closed_group" VALUES(2,2,'closed_group.phase 2 “好” 🎉 \N \. 	
''','null');
INSERT INTO "closed_group" VALUES(3,3,'closed_group.phase 3 “好” 🎉 \N \. 	
''',2.5);
CREATE TABLE comment_flag (
	id TEXT NOT NULL, 
	cycle INTEGER NOT NULL, 
	about INTEGER NOT NULL, 
	phase TEXT NOT NULL, 
	question TEXT NOT NULL, 
	state TEXT NOT NULL, 
	why TEXT NOT NULL, 
	"by" INTEGER NOT NULL, 
	CONSTRAINT comment_flag_pkey PRIMARY KEY (id), 
	CONSTRAINT comment_flag_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT comment_flag_about_fkey FOREIGN KEY(about) REFERENCES person (id), 
	CONSTRAINT comment_flag_by_fkey FOREIGN KEY("by") REFERENCES person (id)
)
 WITHOUT ROWID

;
INSERT INTO "comment_flag" VALUES('comment_flag.id 1 “好” 🎉 \N \. 	
''',1,1,'comment_flag.phase 1 “好” 🎉 \N \. 	
''','comment_flag.question 1 “好” 🎉 \N \. 	
''','comment_flag.state 1 “好” 🎉 \N \. 	
''','comment_flag.why 1 “好” 🎉 \N \. 	
''',1);
INSERT INTO "comment_flag" VALUES('comment_flag.id 2 “好” 🎉 \N \. 	
''',2,2,'comment_flag.phase 2 “好” 🎉 \N \. 	
''','comment_flag.question 2 “好” 🎉 \N \. 	
''','comment_flag.state 2 “好” 🎉 \N \. 	
''','comment_flag.why 2 “好” 🎉 \N \. 	
''',2);
INSERT INTO "comment_flag" VALUES('comment_flag.id 3 “好” 🎉 \N \. 	
''',3,3,'comment_flag.phase 3 “好” 🎉 \N \. 	
''','comment_flag.question 3 “好” 🎉 \N \. 	
''','comment_flag.state 3 “好” 🎉 \N \. 	
''','comment_flag.why 3 “好” 🎉 \N \. 	
''',3);
CREATE TABLE "conversation" (
	id TEXT NOT NULL, 
	flow TEXT NOT NULL, 
	person INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	answers JSON NOT NULL, 
	typed JSON NOT NULL, 
	typed_at TEXT NOT NULL, 
	at TEXT, 
	revision INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	in_chat BOOLEAN NOT NULL, 
	sealed INTEGER, 
	content BLOB, 
	CONSTRAINT conversation_pkey PRIMARY KEY (id), 
	CONSTRAINT conversation_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT conversation_sealed_fkey FOREIGN KEY(sealed) REFERENCES cycle (id)
);
INSERT INTO "conversation" VALUES('conversation.id 1 “好” 🎉 \N \. 	
''','conversation.flow 1 “好” 🎉 \N \. 	
''',1,'conversation.subject 1 “好” 🎉 \N \. 	
''','"5"',5,'conversation.typed_at 1 “好” 🎉 \N \. 	
''','conversation.at 1 “好” 🎉 \N \. 	
''',1,'conversation.state 1 “好” 🎉 \N \. 	
''',1,1,X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF');
INSERT INTO "conversation" VALUES('conversation.id 2 “好” 🎉 \N \. 	
''','conversation.flow 2 “好” 🎉 \N \. 	
''',2,'conversation.subject 2 “好” 🎉 \N \. 	
''','null','[0.30000000000000004,-1.5," ","null"]','conversation.typed_at 2 “好” 🎉 \N \. 	
''',NULL,2,'conversation.state 2 “好” 🎉 \N \. 	
''',0,2,NULL);
INSERT INTO "conversation" VALUES('conversation.id 3 “好” 🎉 \N \. 	
''','conversation.flow 3 “好” 🎉 \N \. 	
''',3,'conversation.subject 3 “好” 🎉 \N \. 	
''',2.5,'"5"','conversation.typed_at 3 “好” 🎉 \N \. 	
''','conversation.at 3 “好” 🎉 \N \. 	
''',3,'conversation.state 3 “好” 🎉 \N \. 	
''',0,3,X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF');
CREATE TABLE cycle (
	id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	name TEXT NOT NULL, 
	first DATE NOT NULL, 
	template JSON NOT NULL, 
	audience JSON NOT NULL, 
	owner INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	moved JSON NOT NULL, 
	rehearsed_at DATETIME, 
	asked_by INTEGER, 
	launched_by INTEGER, 
	approved_by INTEGER, 
	launched_at DATETIME, 
	paused_at DATETIME, 
	closed_at DATETIME, 
	CONSTRAINT cycle_pkey PRIMARY KEY (id), 
	CONSTRAINT cycle_owner_fkey FOREIGN KEY(owner) REFERENCES person (id), 
	CONSTRAINT cycle_asked_by_fkey FOREIGN KEY(asked_by) REFERENCES person (id), 
	CONSTRAINT cycle_launched_by_fkey FOREIGN KEY(launched_by) REFERENCES person (id), 
	CONSTRAINT cycle_approved_by_fkey FOREIGN KEY(approved_by) REFERENCES person (id)
);
INSERT INTO "cycle" VALUES(1,'cycle.state 1 “好” 🎉 \N \. 	
''','cycle.name 1 “好” 🎉 \N \. 	
''','2024-02-29','"5"','"5"',1,'2026-03-02 09:30:15.123457','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','2026-03-02 09:30:15.123457',1,1,1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "cycle" VALUES(2,'cycle.state 2 “好” 🎉 \N \. 	
''','cycle.name 2 “好” 🎉 \N \. 	
''','2024-03-01','null','null',2,'2026-03-02 09:30:15.123458',5,NULL,2,2,2,NULL,NULL,NULL);
INSERT INTO "cycle" VALUES(3,'cycle.state 3 “好” 🎉 \N \. 	
''','cycle.name 3 “好” 🎉 \N \. 	
''','2024-03-02',2.5,2.5,3,'2026-03-02 09:30:15.123459','[0.30000000000000004,-1.5," ","null"]','2026-03-02 09:30:15.123459',3,3,3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE delegation (
	id INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	deputy INTEGER NOT NULL, 
	first DATE NOT NULL, 
	last DATE NOT NULL, 
	made_by INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT delegation_pkey PRIMARY KEY (id), 
	CONSTRAINT delegation_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT delegation_deputy_fkey FOREIGN KEY(deputy) REFERENCES person (id), 
	CONSTRAINT delegation_made_by_fkey FOREIGN KEY(made_by) REFERENCES person (id)
);
INSERT INTO "delegation" VALUES(1,1,1,'2024-02-29','2024-02-29',1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "delegation" VALUES(2,2,2,'2024-03-01','2024-03-01',2,'2026-03-02 09:30:15.123458',NULL);
INSERT INTO "delegation" VALUES(3,3,3,'2024-03-02','2024-03-02',3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE development (
	id INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	cycle INTEGER, 
	state TEXT NOT NULL, 
	content JSON NOT NULL, 
	pending JSON, 
	version INTEGER NOT NULL, 
	asked INTEGER NOT NULL, 
	asked_by INTEGER, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT development_pkey PRIMARY KEY (id), 
	CONSTRAINT development_person_cycle_key UNIQUE (person, cycle), 
	CONSTRAINT development_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT development_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT development_asked_by_fkey FOREIGN KEY(asked_by) REFERENCES person (id)
);
INSERT INTO "development" VALUES(1,1,1,'development.state 1 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','[0.30000000000000004,-1.5," ","null"]',1,1,1,'2026-03-02 09:30:15.123457');
INSERT INTO "development" VALUES(2,2,2,'development.state 2 “好” 🎉 \N \. 	
''','"5"',NULL,2,2,2,'2026-03-02 09:30:15.123458');
INSERT INTO "development" VALUES(3,3,3,'development.state 3 “好” 🎉 \N \. 	
''','null','null',3,3,3,'2026-03-02 09:30:15.123459');
CREATE TABLE development_step (
	id INTEGER NOT NULL, 
	"plan" INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	act TEXT NOT NULL, 
	"by" INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	content JSON NOT NULL, 
	comment TEXT NOT NULL, 
	CONSTRAINT development_step_pkey PRIMARY KEY (id), 
	CONSTRAINT development_step_plan_fkey FOREIGN KEY("plan") REFERENCES development (id), 
	CONSTRAINT development_step_by_fkey FOREIGN KEY("by") REFERENCES person (id)
);
INSERT INTO "development_step" VALUES(1,1,1,'development_step.act 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457',5,'development_step.comment 1 “好” 🎉 \N \. 	
''');
INSERT INTO "development_step" VALUES(2,2,2,'development_step.act 2 “好” 🎉 \N \. 	
''',2,'2026-03-02 09:30:15.123458','[0.30000000000000004,-1.5," ","null"]','development_step.comment 2 “好” 🎉 \N \. 	
''');
INSERT INTO "development_step" VALUES(3,3,3,'development_step.act 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459','"5"','development_step.comment 3 “好” 🎉 \N \. 	
''');
CREATE TABLE dropped_sheet (
	id INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	state TEXT NOT NULL, 
	content JSON, 
	problem JSON, 
	outcome JSON, 
	CONSTRAINT dropped_sheet_pkey PRIMARY KEY (id), 
	CONSTRAINT dropped_sheet_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "dropped_sheet" VALUES(1,1,'dropped_sheet.name 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','dropped_sheet.state 1 “好” 🎉 \N \. 	
''','null','null','null');
INSERT INTO "dropped_sheet" VALUES(2,2,'dropped_sheet.name 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458','dropped_sheet.state 2 “好” 🎉 \N \. 	
''',NULL,NULL,NULL);
INSERT INTO "dropped_sheet" VALUES(3,3,'dropped_sheet.name 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','dropped_sheet.state 3 “好” 🎉 \N \. 	
''','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}');
CREATE TABLE enrolment (
	id INTEGER NOT NULL, 
	training INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	asked_at DATETIME NOT NULL, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	took_place DATE, 
	recorded_by INTEGER, 
	why TEXT NOT NULL, 
	CONSTRAINT enrolment_pkey PRIMARY KEY (id), 
	CONSTRAINT enrolment_training_fkey FOREIGN KEY(training) REFERENCES training (id), 
	CONSTRAINT enrolment_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT enrolment_decided_by_fkey FOREIGN KEY(decided_by) REFERENCES person (id), 
	CONSTRAINT enrolment_recorded_by_fkey FOREIGN KEY(recorded_by) REFERENCES person (id)
);
INSERT INTO "enrolment" VALUES(1,1,1,'enrolment.state 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457',1,'2026-03-02 09:30:15.123457','2024-02-29',1,'enrolment.why 1 “好” 🎉 \N \. 	
''');
INSERT INTO "enrolment" VALUES(2,2,2,'enrolment.state 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458',2,NULL,NULL,2,'enrolment.why 2 “好” 🎉 \N \. 	
''');
INSERT INTO "enrolment" VALUES(3,3,3,'enrolment.state 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459',3,'2026-03-02 09:30:15.123459','2024-03-02',3,'enrolment.why 3 “好” 🎉 \N \. 	
''');
CREATE TABLE evidence (
	id INTEGER NOT NULL, 
	about INTEGER NOT NULL, 
	"by" INTEGER NOT NULL, 
	day DATE NOT NULL, 
	text TEXT NOT NULL, 
	quote TEXT NOT NULL, 
	author_name TEXT NOT NULL, 
	place TEXT NOT NULL, 
	link TEXT NOT NULL, 
	goal INTEGER, 
	at DATETIME NOT NULL, 
	CONSTRAINT evidence_pkey PRIMARY KEY (id), 
	CONSTRAINT evidence_about_fkey FOREIGN KEY(about) REFERENCES person (id), 
	CONSTRAINT evidence_by_fkey FOREIGN KEY("by") REFERENCES person (id)
);
INSERT INTO "evidence" VALUES(1,1,1,'2024-02-29','evidence.text 1 “好” 🎉 \N \. 	
''','evidence.quote 1 “好” 🎉 \N \. 	
''','evidence.author_name 1 “好” 🎉 \N \. 	
''','evidence.place 1 “好” 🎉 \N \. 	
''','evidence.link 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457');
INSERT INTO "evidence" VALUES(2,2,2,'2024-03-01','evidence.text 2 “好” 🎉 \N \. 	
''','evidence.quote 2 “好” 🎉 \N \. 	
''','evidence.author_name 2 “好” 🎉 \N \. 	
''','evidence.place 2 “好” 🎉 \N \. 	
''','evidence.link 2 “好” 🎉 \N \. 	
''',NULL,'2026-03-02 09:30:15.123458');
INSERT INTO "evidence" VALUES(3,3,3,'2024-03-02','evidence.text 3 “好” 🎉 \N \. 	
''','evidence.quote 3 “好” 🎉 \N \. 	
''','evidence.author_name 3 “好” 🎉 \N \. 	
''','evidence.place 3 “好” 🎉 \N \. 	
''','evidence.link 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459');
CREATE TABLE feedback (
	id INTEGER NOT NULL, 
	about INTEGER NOT NULL, 
	"by" INTEGER NOT NULL, 
	situation TEXT NOT NULL, 
	behaviour TEXT NOT NULL, 
	effect TEXT NOT NULL, 
	wish TEXT NOT NULL, 
	shared BOOLEAN NOT NULL, 
	request INTEGER, 
	at DATETIME NOT NULL, 
	thanked_at DATETIME, 
	CONSTRAINT feedback_pkey PRIMARY KEY (id), 
	CONSTRAINT feedback_about_fkey FOREIGN KEY(about) REFERENCES person (id), 
	CONSTRAINT feedback_by_fkey FOREIGN KEY("by") REFERENCES person (id)
);
INSERT INTO "feedback" VALUES(1,1,1,'feedback.situation 1 “好” 🎉 \N \. 	
''','feedback.behaviour 1 “好” 🎉 \N \. 	
''','feedback.effect 1 “好” 🎉 \N \. 	
''','feedback.wish 1 “好” 🎉 \N \. 	
''',1,1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "feedback" VALUES(2,2,2,'feedback.situation 2 “好” 🎉 \N \. 	
''','feedback.behaviour 2 “好” 🎉 \N \. 	
''','feedback.effect 2 “好” 🎉 \N \. 	
''','feedback.wish 2 “好” 🎉 \N \. 	
''',0,NULL,'2026-03-02 09:30:15.123458',NULL);
INSERT INTO "feedback" VALUES(3,3,3,'feedback.situation 3 “好” 🎉 \N \. 	
''','feedback.behaviour 3 “好” 🎉 \N \. 	
''','feedback.effect 3 “好” 🎉 \N \. 	
''','feedback.wish 3 “好” 🎉 \N \. 	
''',0,3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE feedback_request (
	id INTEGER NOT NULL, 
	"by" INTEGER NOT NULL, 
	whom INTEGER NOT NULL, 
	about TEXT NOT NULL, 
	state TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT feedback_request_pkey PRIMARY KEY (id), 
	CONSTRAINT feedback_request_by_fkey FOREIGN KEY("by") REFERENCES person (id), 
	CONSTRAINT feedback_request_whom_fkey FOREIGN KEY(whom) REFERENCES person (id)
);
INSERT INTO "feedback_request" VALUES(1,1,1,'feedback_request.about 1 “好” 🎉 \N \. 	
''','feedback_request.state 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457');
INSERT INTO "feedback_request" VALUES(2,2,2,'feedback_request.about 2 “好” 🎉 \N \. 	
''','feedback_request.state 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458');
INSERT INTO "feedback_request" VALUES(3,3,3,'feedback_request.about 3 “好” 🎉 \N \. 	
''','feedback_request.state 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459');
CREATE TABLE file_order (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	person INTEGER NOT NULL, 
	about JSON NOT NULL, 
	asked_at DATETIME NOT NULL, 
	state TEXT NOT NULL, 
	until DATETIME, 
	tries INTEGER NOT NULL, 
	failure TEXT NOT NULL, 
	CONSTRAINT file_order_pkey PRIMARY KEY (id), 
	CONSTRAINT file_order_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "file_order" VALUES(1,'file_order.kind 1 “好” 🎉 \N \. 	
''',1,2.5,'2026-03-02 09:30:15.123457','file_order.state 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457',1,'file_order.failure 1 “好” 🎉 \N \. 	
''');
INSERT INTO "file_order" VALUES(2,'file_order.kind 2 “好” 🎉 \N \. 	
''',2,'{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','2026-03-02 09:30:15.123458','file_order.state 2 “好” 🎉 \N \. 	
''',NULL,2,'file_order.failure 2 “好” 🎉 \N \. 	
''');
INSERT INTO "file_order" VALUES(3,'file_order.kind 3 “好” 🎉 \N \. 	
''',3,5,'2026-03-02 09:30:15.123459','file_order.state 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459',3,'file_order.failure 3 “好” 🎉 \N \. 	
''');
CREATE TABLE goal (
	id INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	cycle INTEGER, 
	measure TEXT NOT NULL, 
	level TEXT NOT NULL, 
	department TEXT NOT NULL, 
	state TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	asked_by INTEGER, 
	pending JSON, 
	leaving BOOLEAN NOT NULL, 
	changed_at DATETIME, 
	shape TEXT NOT NULL, 
	method TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	lower BOOLEAN NOT NULL, 
	baseline BIGINT, 
	target BIGINT, 
	stretch BIGINT, 
	weight BIGINT, 
	part TEXT NOT NULL, 
	perspective TEXT, 
	steps JSON NOT NULL, 
	milestones JSON NOT NULL, 
	due DATE, 
	metric TEXT NOT NULL, 
	gather TEXT NOT NULL, 
	parent INTEGER, 
	rule TEXT NOT NULL, 
	factor TEXT, 
	visibility TEXT NOT NULL, 
	gives BIGINT, 
	CONSTRAINT goal_pkey PRIMARY KEY (id), 
	CONSTRAINT goal_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT goal_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT goal_asked_by_fkey FOREIGN KEY(asked_by) REFERENCES person (id), 
	CONSTRAINT goal_parent_fkey FOREIGN KEY(parent) REFERENCES goal (id)
);
INSERT INTO "goal" VALUES(1,1,'goal.title 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457',1,'goal.measure 1 “好” 🎉 \N \. 	
''','goal.level 1 “好” 🎉 \N \. 	
''','goal.department 1 “好” 🎉 \N \. 	
''','goal.state 1 “好” 🎉 \N \. 	
''',1,1,5,1,'2026-03-02 09:30:15.123457','goal.shape 1 “好” 🎉 \N \. 	
''','goal.method 1 “好” 🎉 \N \. 	
''','goal.unit 1 “好” 🎉 \N \. 	
''',1,1,1,1,1,'goal.part 1 “好” 🎉 \N \. 	
''','goal.perspective 1 “好” 🎉 \N \. 	
''',2.5,'null','2024-02-29','goal.metric 1 “好” 🎉 \N \. 	
''','goal.gather 1 “好” 🎉 \N \. 	
''',2,'goal.rule 1 “好” 🎉 \N \. 	
''','goal.factor 1 “好” 🎉 \N \. 	
''','goal.visibility 1 “好” 🎉 \N \. 	
''',1);
INSERT INTO "goal" VALUES(2,2,'goal.title 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458',2,'goal.measure 2 “好” 🎉 \N \. 	
''','goal.level 2 “好” 🎉 \N \. 	
''','goal.department 2 “好” 🎉 \N \. 	
''','goal.state 2 “好” 🎉 \N \. 	
''',2,2,NULL,0,NULL,'goal.shape 2 “好” 🎉 \N \. 	
''','goal.method 2 “好” 🎉 \N \. 	
''','goal.unit 2 “好” 🎉 \N \. 	
''',0,NULL,NULL,NULL,NULL,'goal.part 2 “好” 🎉 \N \. 	
''',NULL,'{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}',2.5,NULL,'goal.metric 2 “好” 🎉 \N \. 	
''','goal.gather 2 “好” 🎉 \N \. 	
''',3,'goal.rule 2 “好” 🎉 \N \. 	
''',NULL,'goal.visibility 2 “好” 🎉 \N \. 	
''',NULL);
INSERT INTO "goal" VALUES(3,3,'goal.title 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459',3,'goal.measure 3 “好” 🎉 \N \. 	
''','goal.level 3 “好” 🎉 \N \. 	
''','goal.department 3 “好” 🎉 \N \. 	
''','goal.state 3 “好” 🎉 \N \. 	
''',3,3,'"5"',0,'2026-03-02 09:30:15.123459','goal.shape 3 “好” 🎉 \N \. 	
''','goal.method 3 “好” 🎉 \N \. 	
''','goal.unit 3 “好” 🎉 \N \. 	
''',0,3,3,3,3,'goal.part 3 “好” 🎉 \N \. 	
''','goal.perspective 3 “好” 🎉 \N \. 	
''',5,'{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','2024-03-02','goal.metric 3 “好” 🎉 \N \. 	
''','goal.gather 3 “好” 🎉 \N \. 	
''',1,'goal.rule 3 “好” 🎉 \N \. 	
''','goal.factor 3 “好” 🎉 \N \. 	
''','goal.visibility 3 “好” 🎉 \N \. 	
''',3);
CREATE TABLE goal_library (
	id INTEGER NOT NULL, 
	job TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	terms JSON NOT NULL, 
	CONSTRAINT goal_library_pkey PRIMARY KEY (id), 
	CONSTRAINT goal_library_job_place_key UNIQUE (job, place)
);
INSERT INTO "goal_library" VALUES(1,'goal_library.job 1 “好” 🎉 \N \. 	
''',1,5);
INSERT INTO "goal_library" VALUES(2,'goal_library.job 2 “好” 🎉 \N \. 	
''',2,'[0.30000000000000004,-1.5," ","null"]');
INSERT INTO "goal_library" VALUES(3,'goal_library.job 3 “好” 🎉 \N \. 	
''',3,'"5"');
CREATE TABLE goal_signal (
	goal INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	ended_at DATETIME, 
	told_at DATETIME, 
	raised_at DATETIME, 
	raised_to INTEGER, 
	CONSTRAINT goal_signal_pkey PRIMARY KEY (goal, kind), 
	CONSTRAINT goal_signal_goal_fkey FOREIGN KEY(goal) REFERENCES goal (id) ON DELETE CASCADE, 
	CONSTRAINT goal_signal_raised_to_fkey FOREIGN KEY(raised_to) REFERENCES person (id)
);
INSERT INTO "goal_signal" VALUES(1,'goal_signal.kind 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457',1);
INSERT INTO "goal_signal" VALUES(2,'goal_signal.kind 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458',NULL,NULL,NULL,2);
INSERT INTO "goal_signal" VALUES(3,'goal_signal.kind 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459',3);
CREATE TABLE goal_step (
	id INTEGER NOT NULL, 
	goal INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	due DATE, 
	needs TEXT NOT NULL, 
	decision TEXT NOT NULL, 
	decided_by INTEGER, 
	note TEXT NOT NULL, 
	done_on DATE, 
	CONSTRAINT goal_step_pkey PRIMARY KEY (id), 
	CONSTRAINT goal_step_goal_fkey FOREIGN KEY(goal) REFERENCES goal (id) ON DELETE CASCADE, 
	CONSTRAINT goal_step_decided_by_fkey FOREIGN KEY(decided_by) REFERENCES person (id)
);
INSERT INTO "goal_step" VALUES(1,1,'goal_step.title 1 “好” 🎉 \N \. 	
''','2024-02-29','goal_step.needs 1 “好” 🎉 \N \. 	
''','goal_step.decision 1 “好” 🎉 \N \. 	
''',1,'goal_step.note 1 “好” 🎉 \N \. 	
''','2024-02-29');
INSERT INTO "goal_step" VALUES(2,2,'goal_step.title 2 “好” 🎉 \N \. 	
''',NULL,'goal_step.needs 2 “好” 🎉 \N \. 	
''','goal_step.decision 2 “好” 🎉 \N \. 	
''',2,'goal_step.note 2 “好” 🎉 \N \. 	
''',NULL);
INSERT INTO "goal_step" VALUES(3,3,'goal_step.title 3 “好” 🎉 \N \. 	
''','2024-03-02','goal_step.needs 3 “好” 🎉 \N \. 	
''','goal_step.decision 3 “好” 🎉 \N \. 	
''',3,'goal_step.note 3 “好” 🎉 \N \. 	
''','2024-03-02');
CREATE TABLE goal_version (
	id INTEGER NOT NULL, 
	goal INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	act TEXT NOT NULL, 
	"by" INTEGER, 
	at DATETIME NOT NULL, 
	terms JSON NOT NULL, 
	comment TEXT NOT NULL, 
	CONSTRAINT goal_version_pkey PRIMARY KEY (id), 
	CONSTRAINT goal_version_goal_fkey FOREIGN KEY(goal) REFERENCES goal (id) ON DELETE CASCADE, 
	CONSTRAINT goal_version_by_fkey FOREIGN KEY("by") REFERENCES person (id)
);
INSERT INTO "goal_version" VALUES(1,1,1,'goal_version.act 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457',5,'goal_version.comment 1 “好” 🎉 \N \. 	
''');
INSERT INTO "goal_version" VALUES(2,2,2,'goal_version.act 2 “好” 🎉 \N \. 	
''',2,'2026-03-02 09:30:15.123458','[0.30000000000000004,-1.5," ","null"]','goal_version.comment 2 “好” 🎉 \N \. 	
''');
INSERT INTO "goal_version" VALUES(3,3,3,'goal_version.act 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459','"5"','goal_version.comment 3 “好” 🎉 \N \. 	
''');
CREATE TABLE guest (
	id INTEGER NOT NULL, 
	cycle INTEGER NOT NULL, 
	phase TEXT NOT NULL, 
	about INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	company TEXT NOT NULL, 
	language TEXT NOT NULL, 
	secret TEXT NOT NULL, 
	made_by INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	revoked_at DATETIME, 
	sent_at DATETIME, 
	answers JSON NOT NULL, 
	CONSTRAINT guest_pkey PRIMARY KEY (id), 
	CONSTRAINT guest_secret_key UNIQUE (secret), 
	CONSTRAINT guest_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT guest_about_fkey FOREIGN KEY(about) REFERENCES person (id), 
	CONSTRAINT guest_made_by_fkey FOREIGN KEY(made_by) REFERENCES person (id)
);
INSERT INTO "guest" VALUES(1,1,'guest.phase 1 “好” 🎉 \N \. 	
''',1,'guest.name 1 “好” 🎉 \N \. 	
''','guest.company 1 “好” 🎉 \N \. 	
''','guest.language 1 “好” 🎉 \N \. 	
''','guest.secret 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','[0.30000000000000004,-1.5," ","null"]');
INSERT INTO "guest" VALUES(2,2,'guest.phase 2 “好” 🎉 \N \. 	
''',2,'guest.name 2 “好” 🎉 \N \. 	
''','guest.company 2 “好” 🎉 \N \. 	
''','guest.language 2 “好” 🎉 \N \. 	
''','guest.secret 2 “好” 🎉 \N \. 	
''',2,'2026-03-02 09:30:15.123458','2026-03-02 09:30:15.123458',NULL,NULL,'"5"');
INSERT INTO "guest" VALUES(3,3,'guest.phase 3 “好” 🎉 \N \. 	
''',3,'guest.name 3 “好” 🎉 \N \. 	
''','guest.company 3 “好” 🎉 \N \. 	
''','guest.language 3 “好” 🎉 \N \. 	
''','guest.secret 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','null');
CREATE TABLE improvement (
	id INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	manager INTEGER NOT NULL, 
	made_by INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	state TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	terms JSON, 
	draft JSON, 
	asking JSON, 
	acknowledged INTEGER NOT NULL, 
	unread INTEGER NOT NULL, 
	published_at DATETIME, 
	meeting DATE, 
	paused_on DATE, 
	on_leave BOOLEAN NOT NULL, 
	extended INTEGER NOT NULL, 
	former JSON NOT NULL, 
	ended_at DATETIME, 
	steps INTEGER NOT NULL, 
	head TEXT NOT NULL, 
	CONSTRAINT improvement_pkey PRIMARY KEY (id), 
	CONSTRAINT improvement_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT improvement_manager_fkey FOREIGN KEY(manager) REFERENCES person (id), 
	CONSTRAINT improvement_made_by_fkey FOREIGN KEY(made_by) REFERENCES person (id)
);
INSERT INTO "improvement" VALUES(1,1,1,1,'2026-03-02 09:30:15.123457','improvement.state 1 “好” 🎉 \N \. 	
''',1,'{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}',5,1,1,'2026-03-02 09:30:15.123457','2024-02-29','2024-02-29',1,1,5,'2026-03-02 09:30:15.123457',1,'improvement.head 1 “好” 🎉 \N \. 	
''');
INSERT INTO "improvement" VALUES(2,2,2,2,'2026-03-02 09:30:15.123458','improvement.state 2 “好” 🎉 \N \. 	
''',2,NULL,NULL,NULL,2,2,NULL,NULL,NULL,0,2,'[0.30000000000000004,-1.5," ","null"]',NULL,2,'improvement.head 2 “好” 🎉 \N \. 	
''');
INSERT INTO "improvement" VALUES(3,3,3,3,'2026-03-02 09:30:15.123459','improvement.state 3 “好” 🎉 \N \. 	
''',3,'[0.30000000000000004,-1.5," ","null"]','[0.30000000000000004,-1.5," ","null"]','"5"',3,3,'2026-03-02 09:30:15.123459','2024-03-02','2024-03-02',0,3,'"5"','2026-03-02 09:30:15.123459',3,'improvement.head 3 “好” 🎉 \N \. 	
''');
CREATE TABLE improvement_step (
	"plan" INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	"by" INTEGER, 
	at DATETIME NOT NULL, 
	content JSON, 
	seal TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT improvement_step_pkey PRIMARY KEY ("plan", number), 
	CONSTRAINT improvement_step_plan_fkey FOREIGN KEY("plan") REFERENCES improvement (id), 
	CONSTRAINT improvement_step_by_fkey FOREIGN KEY("by") REFERENCES person (id)
);
INSERT INTO "improvement_step" VALUES(1,1,'improvement_step.kind 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457',5,'improvement_step.seal 1 “好” 🎉 \N \. 	
''','improvement_step.before 1 “好” 🎉 \N \. 	
''','improvement_step.hash 1 “好” 🎉 \N \. 	
''');
INSERT INTO "improvement_step" VALUES(2,2,'improvement_step.kind 2 “好” 🎉 \N \. 	
''',2,'2026-03-02 09:30:15.123458',NULL,'improvement_step.seal 2 “好” 🎉 \N \. 	
''','improvement_step.before 2 “好” 🎉 \N \. 	
''','improvement_step.hash 2 “好” 🎉 \N \. 	
''');
INSERT INTO "improvement_step" VALUES(3,3,'improvement_step.kind 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459','"5"','improvement_step.seal 3 “好” 🎉 \N \. 	
''','improvement_step.before 3 “好” 🎉 \N \. 	
''','improvement_step.hash 3 “好” 🎉 \N \. 	
''');
CREATE TABLE inbound (
	"key" TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT inbound_pkey PRIMARY KEY ("key")
);
INSERT INTO "inbound" VALUES('inbound.key 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457');
INSERT INTO "inbound" VALUES('inbound.key 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458');
INSERT INTO "inbound" VALUES('inbound.key 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459');
CREATE TABLE interview (
	id INTEGER NOT NULL, 
	cycle INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	manager INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	until DATETIME NOT NULL, 
	uid TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	slots JSON NOT NULL, 
	turn INTEGER NOT NULL, 
	starts_at DATETIME, 
	ends_at DATETIME, 
	note TEXT NOT NULL, 
	made_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT interview_pkey PRIMARY KEY (id), 
	CONSTRAINT interview_cycle_person_key UNIQUE (cycle, person), 
	CONSTRAINT interview_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT interview_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT interview_manager_fkey FOREIGN KEY(manager) REFERENCES person (id)
);
INSERT INTO "interview" VALUES(1,1,1,1,'interview.state 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457','interview.uid 1 “好” 🎉 \N \. 	
''',1,'null',1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','interview.note 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "interview" VALUES(2,2,2,2,'interview.state 2 “好” 🎉 \N \. 	
''',2,'2026-03-02 09:30:15.123458','interview.uid 2 “好” 🎉 \N \. 	
''',2,2.5,2,NULL,NULL,'interview.note 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458','2026-03-02 09:30:15.123458');
INSERT INTO "interview" VALUES(3,3,3,3,'interview.state 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459','interview.uid 3 “好” 🎉 \N \. 	
''',3,'{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}',3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','interview.note 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE interview_said (
	interview INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	side TEXT NOT NULL, 
	"by" INTEGER NOT NULL, 
	points JSON NOT NULL, 
	comment TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	has_text BOOLEAN NOT NULL, 
	CONSTRAINT interview_said_pkey PRIMARY KEY (interview, version), 
	CONSTRAINT interview_said_interview_fkey FOREIGN KEY(interview) REFERENCES interview (id), 
	CONSTRAINT interview_said_by_fkey FOREIGN KEY("by") REFERENCES person (id)
);
INSERT INTO "interview_said" VALUES(1,1,'interview_said.side 1 “好” 🎉 \N \. 	
''',1,'null','interview_said.comment 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457',1);
INSERT INTO "interview_said" VALUES(2,2,'interview_said.side 2 “好” 🎉 \N \. 	
''',2,2.5,'interview_said.comment 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458',0);
INSERT INTO "interview_said" VALUES(3,3,'interview_said.side 3 “好” 🎉 \N \. 	
''',3,'{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','interview_said.comment 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459',0);
CREATE TABLE interview_signature (
	interview INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	side TEXT NOT NULL, 
	way TEXT NOT NULL, 
	"by" INTEGER, 
	comment TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT interview_signature_pkey PRIMARY KEY (interview, version, side), 
	CONSTRAINT interview_signature_interview_fkey FOREIGN KEY(interview) REFERENCES interview (id), 
	CONSTRAINT interview_signature_by_fkey FOREIGN KEY("by") REFERENCES person (id)
);
INSERT INTO "interview_signature" VALUES(1,1,'interview_signature.side 1 “好” 🎉 \N \. 	
''','interview_signature.way 1 “好” 🎉 \N \. 	
''',1,'interview_signature.comment 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457');
INSERT INTO "interview_signature" VALUES(2,2,'interview_signature.side 2 “好” 🎉 \N \. 	
''','interview_signature.way 2 “好” 🎉 \N \. 	
''',2,'interview_signature.comment 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458');
INSERT INTO "interview_signature" VALUES(3,3,'interview_signature.side 3 “好” 🎉 \N \. 	
''','interview_signature.way 3 “好” 🎉 \N \. 	
''',3,'interview_signature.comment 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459');
CREATE TABLE interview_time (
	person INTEGER NOT NULL, 
	cell INTEGER NOT NULL, 
	interview INTEGER NOT NULL, 
	CONSTRAINT interview_time_pkey PRIMARY KEY (person, cell), 
	CONSTRAINT interview_time_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT interview_time_interview_fkey FOREIGN KEY(interview) REFERENCES interview (id)
);
INSERT INTO "interview_time" VALUES(1,1,1);
INSERT INTO "interview_time" VALUES(2,2,2);
INSERT INTO "interview_time" VALUES(3,3,3);
CREATE TABLE meeting (
	id INTEGER NOT NULL, 
	manager INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	rhythm TEXT, 
	next_on DATE, 
	last_on DATE, 
	since DATETIME NOT NULL, 
	CONSTRAINT meeting_pkey PRIMARY KEY (id), 
	CONSTRAINT meeting_manager_person_key UNIQUE (manager, person), 
	CONSTRAINT meeting_manager_fkey FOREIGN KEY(manager) REFERENCES person (id), 
	CONSTRAINT meeting_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "meeting" VALUES(1,1,1,'meeting.rhythm 1 “好” 🎉 \N \. 	
''','2024-02-29','2024-02-29','2026-03-02 09:30:15.123457');
INSERT INTO "meeting" VALUES(2,2,2,NULL,NULL,NULL,'2026-03-02 09:30:15.123458');
INSERT INTO "meeting" VALUES(3,3,3,'meeting.rhythm 3 “好” 🎉 \N \. 	
''','2024-03-02','2024-03-02','2026-03-02 09:30:15.123459');
CREATE TABLE meeting_note (
	id INTEGER NOT NULL, 
	meeting INTEGER NOT NULL, 
	"by" INTEGER NOT NULL, 
	"on" DATE NOT NULL, 
	text TEXT NOT NULL, 
	shared BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT meeting_note_pkey PRIMARY KEY (id), 
	CONSTRAINT meeting_note_meeting_fkey FOREIGN KEY(meeting) REFERENCES meeting (id), 
	CONSTRAINT meeting_note_by_fkey FOREIGN KEY("by") REFERENCES person (id)
);
INSERT INTO "meeting_note" VALUES(1,1,1,'2024-02-29','meeting_note.text 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457');
INSERT INTO "meeting_note" VALUES(2,2,2,'2024-03-01','meeting_note.text 2 “好” 🎉 \N \. 	
''',0,'2026-03-02 09:30:15.123458');
INSERT INTO "meeting_note" VALUES(3,3,3,'2024-03-02','meeting_note.text 3 “好” 🎉 \N \. 	
''',0,'2026-03-02 09:30:15.123459');
CREATE TABLE meeting_point (
	id INTEGER NOT NULL, 
	meeting INTEGER NOT NULL, 
	"by" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT meeting_point_pkey PRIMARY KEY (id), 
	CONSTRAINT meeting_point_meeting_fkey FOREIGN KEY(meeting) REFERENCES meeting (id), 
	CONSTRAINT meeting_point_by_fkey FOREIGN KEY("by") REFERENCES person (id)
);
INSERT INTO "meeting_point" VALUES(1,1,1,'meeting_point.text 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "meeting_point" VALUES(2,2,2,'meeting_point.text 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458',NULL);
INSERT INTO "meeting_point" VALUES(3,3,3,'meeting_point.text 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE message (
	seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	about JSON NOT NULL, 
	due_at DATETIME NOT NULL, 
	person INTEGER, 
	to_channel TEXT, 
	addressee TEXT NOT NULL, 
	urgency INTEGER NOT NULL, 
	sensitive BOOLEAN NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	error TEXT, 
	owner TEXT, 
	lease_until DATETIME, 
	sending_since DATETIME, 
	unsure_since DATETIME, 
	looked_at DATETIME, 
	found_absent INTEGER NOT NULL, 
	channel TEXT, 
	ts TEXT, 
	sent_at DATETIME, 
	stale_due_at DATETIME, 
	stale_version INTEGER NOT NULL, 
	stale_attempts INTEGER NOT NULL, day DATE, 
	CONSTRAINT message_pkey PRIMARY KEY (seq), 
	CONSTRAINT message_id_key UNIQUE (id), 
	CONSTRAINT message_key_key UNIQUE ("key"), 
	CONSTRAINT message_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "message" VALUES(1,'message.id 1 “好” 🎉 \N \. 	
''','message.key 1 “好” 🎉 \N \. 	
''','message.kind 1 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','2026-03-02 09:30:15.123457',1,'message.to_channel 1 “好” 🎉 \N \. 	
''','message.addressee 1 “好” 🎉 \N \. 	
''',1,1,'message.state 1 “好” 🎉 \N \. 	
''',1,'message.error 1 “好” 🎉 \N \. 	
''','message.owner 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457',1,'message.channel 1 “好” 🎉 \N \. 	
''','message.ts 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457',1,1,'2024-02-29');
INSERT INTO "message" VALUES(2,'message.id 2 “好” 🎉 \N \. 	
''','message.key 2 “好” 🎉 \N \. 	
''','message.kind 2 “好” 🎉 \N \. 	
''','"5"','2026-03-02 09:30:15.123458',2,NULL,'message.addressee 2 “好” 🎉 \N \. 	
''',2,0,'message.state 2 “好” 🎉 \N \. 	
''',2,NULL,NULL,NULL,NULL,NULL,NULL,2,NULL,NULL,NULL,NULL,2,2,NULL);
INSERT INTO "message" VALUES(3,'message.id 3 “好” 🎉 \N \. 	
''','message.key 3 “好” 🎉 \N \. 	
''','message.kind 3 “好” 🎉 \N \. 	
''','null','2026-03-02 09:30:15.123459',3,'message.to_channel 3 “好” 🎉 \N \. 	
''','message.addressee 3 “好” 🎉 \N \. 	
''',3,0,'message.state 3 “好” 🎉 \N \. 	
''',3,'message.error 3 “好” 🎉 \N \. 	
''','message.owner 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459',3,'message.channel 3 “好” 🎉 \N \. 	
''','message.ts 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459',3,3,'2024-03-02');
CREATE TABLE nomination (
	id INTEGER NOT NULL, 
	cycle INTEGER NOT NULL, 
	phase TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	about INTEGER NOT NULL, 
	reviewer INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	"by" INTEGER NOT NULL, 
	decided_by INTEGER, 
	why TEXT NOT NULL, 
	CONSTRAINT nomination_pkey PRIMARY KEY (id), 
	CONSTRAINT nomination_cycle_phase_about_reviewer_key UNIQUE (cycle, phase, about, reviewer), 
	CONSTRAINT nomination_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT nomination_about_fkey FOREIGN KEY(about) REFERENCES person (id), 
	CONSTRAINT nomination_reviewer_fkey FOREIGN KEY(reviewer) REFERENCES person (id), 
	CONSTRAINT nomination_by_fkey FOREIGN KEY("by") REFERENCES person (id), 
	CONSTRAINT nomination_decided_by_fkey FOREIGN KEY(decided_by) REFERENCES person (id)
);
INSERT INTO "nomination" VALUES(1,1,'nomination.phase 1 “好” 🎉 \N \. 	
''','nomination.kind 1 “好” 🎉 \N \. 	
''',1,1,'nomination.state 1 “好” 🎉 \N \. 	
''',1,1,'nomination.why 1 “好” 🎉 \N \. 	
''');
INSERT INTO "nomination" VALUES(2,2,'nomination.phase 2 “好” 🎉 \N \. 	
''','nomination.kind 2 “好” 🎉 \N \. 	
''',2,2,'nomination.state 2 “好” 🎉 \N \. 	
''',2,2,'nomination.why 2 “好” 🎉 \N \. 	
''');
INSERT INTO "nomination" VALUES(3,3,'nomination.phase 3 “好” 🎉 \N \. 	
''','nomination.kind 3 “好” 🎉 \N \. 	
''',3,3,'nomination.state 3 “好” 🎉 \N \. 	
''',3,3,'nomination.why 3 “好” 🎉 \N \. 	
''');
CREATE TABLE notice (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	person INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	about JSON NOT NULL, 
	due_at DATETIME NOT NULL, 
	state TEXT NOT NULL, 
	message TEXT, 
	CONSTRAINT notice_pkey PRIMARY KEY (id), 
	CONSTRAINT notice_key_key UNIQUE ("key"), 
	CONSTRAINT notice_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "notice" VALUES(1,'notice.key 1 “好” 🎉 \N \. 	
''',1,'notice.kind 1 “好” 🎉 \N \. 	
''',5,'2026-03-02 09:30:15.123457','notice.state 1 “好” 🎉 \N \. 	
''','notice.message 1 “好” 🎉 \N \. 	
''');
INSERT INTO "notice" VALUES(2,'notice.key 2 “好” 🎉 \N \. 	
''',2,'notice.kind 2 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','2026-03-02 09:30:15.123458','notice.state 2 “好” 🎉 \N \. 	
''',NULL);
INSERT INTO "notice" VALUES(3,'notice.key 3 “好” 🎉 \N \. 	
''',3,'notice.kind 3 “好” 🎉 \N \. 	
''','"5"','2026-03-02 09:30:15.123459','notice.state 3 “好” 🎉 \N \. 	
''','notice.message 3 “好” 🎉 \N \. 	
''');
CREATE TABLE participant (
	cycle INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	place TEXT NOT NULL, 
	manager INTEGER, 
	department TEXT NOT NULL, 
	level TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	language TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	extended JSON NOT NULL, 
	why TEXT NOT NULL, 
	CONSTRAINT participant_pkey PRIMARY KEY (cycle, person), 
	CONSTRAINT participant_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT participant_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT participant_manager_fkey FOREIGN KEY(manager) REFERENCES person (id)
);
INSERT INTO "participant" VALUES(1,1,'participant.place 1 “好” 🎉 \N \. 	
''',1,'participant.department 1 “好” 🎉 \N \. 	
''','participant.level 1 “好” 🎉 \N \. 	
''','participant.zone 1 “好” 🎉 \N \. 	
''','participant.language 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','"5"','participant.why 1 “好” 🎉 \N \. 	
''');
INSERT INTO "participant" VALUES(2,2,'participant.place 2 “好” 🎉 \N \. 	
''',2,'participant.department 2 “好” 🎉 \N \. 	
''','participant.level 2 “好” 🎉 \N \. 	
''','participant.zone 2 “好” 🎉 \N \. 	
''','participant.language 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458','null','participant.why 2 “好” 🎉 \N \. 	
''');
INSERT INTO "participant" VALUES(3,3,'participant.place 3 “好” 🎉 \N \. 	
''',3,'participant.department 3 “好” 🎉 \N \. 	
''','participant.level 3 “好” 🎉 \N \. 	
''','participant.zone 3 “好” 🎉 \N \. 	
''','participant.language 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459',2.5,'participant.why 3 “好” 🎉 \N \. 	
''');
CREATE TABLE payroll_run (
	id INTEGER NOT NULL, 
	made_by INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	rows JSON NOT NULL, 
	"check" TEXT NOT NULL, 
	cancelled_by INTEGER, 
	cancelled_at DATETIME, 
	CONSTRAINT payroll_run_pkey PRIMARY KEY (id), 
	CONSTRAINT payroll_run_made_by_fkey FOREIGN KEY(made_by) REFERENCES person (id), 
	CONSTRAINT payroll_run_cancelled_by_fkey FOREIGN KEY(cancelled_by) REFERENCES person (id)
);
INSERT INTO "payroll_run" VALUES(1,1,'2026-03-02 09:30:15.123457',2.5,'payroll_run.check 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457');
INSERT INTO "payroll_run" VALUES(2,2,'2026-03-02 09:30:15.123458','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','payroll_run.check 2 “好” 🎉 \N \. 	
''',2,NULL);
INSERT INTO "payroll_run" VALUES(3,3,'2026-03-02 09:30:15.123459',5,'payroll_run.check 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459');
CREATE TABLE pen (
	bag TEXT NOT NULL, 
	id TEXT NOT NULL, 
	cycle INTEGER NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pen_pkey PRIMARY KEY (bag, id), 
	CONSTRAINT pen_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id)
)
 WITHOUT ROWID

;
INSERT INTO "pen" VALUES('pen.bag 1 “好” 🎉 \N \. 	
''','pen.id 1 “好” 🎉 \N \. 	
''',1,X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF');
INSERT INTO "pen" VALUES('pen.bag 2 “好” 🎉 \N \. 	
''','pen.id 2 “好” 🎉 \N \. 	
''',2,X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF');
INSERT INTO "pen" VALUES('pen.bag 3 “好” 🎉 \N \. 	
''','pen.id 3 “好” 🎉 \N \. 	
''',3,X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF');
CREATE TABLE person (
	id INTEGER NOT NULL, 
	email TEXT NOT NULL, 
	name TEXT NOT NULL, 
	manager INTEGER, 
	department TEXT NOT NULL, 
	level TEXT NOT NULL, 
	title TEXT NOT NULL, 
	roles JSON NOT NULL, 
	zone TEXT NOT NULL, 
	language TEXT NOT NULL, 
	hired_on DATE, 
	left_on DATE, 
	account TEXT, 
	active BOOLEAN NOT NULL, 
	away JSON NOT NULL, 
	CONSTRAINT person_pkey PRIMARY KEY (id), 
	CONSTRAINT person_email_key UNIQUE (email), 
	CONSTRAINT person_account_key UNIQUE (account), 
	CONSTRAINT person_manager_fkey FOREIGN KEY(manager) REFERENCES person (id)
);
INSERT INTO "person" VALUES(1,'person.email 1 “好” 🎉 \N \. 	
''','person.name 1 “好” 🎉 \N \. 	
''',2,'person.department 1 “好” 🎉 \N \. 	
''','person.level 1 “好” 🎉 \N \. 	
''','person.title 1 “好” 🎉 \N \. 	
''',5,'person.zone 1 “好” 🎉 \N \. 	
''','person.language 1 “好” 🎉 \N \. 	
''','2024-02-29','2024-02-29','person.account 1 “好” 🎉 \N \. 	
''',1,'{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}');
INSERT INTO "person" VALUES(2,'person.email 2 “好” 🎉 \N \. 	
''','person.name 2 “好” 🎉 \N \. 	
''',3,'person.department 2 “好” 🎉 \N \. 	
''','person.level 2 “好” 🎉 \N \. 	
''','person.title 2 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','person.zone 2 “好” 🎉 \N \. 	
''','person.language 2 “好” 🎉 \N \. 	
''',NULL,NULL,NULL,0,5);
INSERT INTO "person" VALUES(3,'person.email 3 “好” 🎉 \N \. 	
''','person.name 3 “好” 🎉 \N \. 	
''',1,'person.department 3 “好” 🎉 \N \. 	
''','person.level 3 “好” 🎉 \N \. 	
''','person.title 3 “好” 🎉 \N \. 	
''','"5"','person.zone 3 “好” 🎉 \N \. 	
''','person.language 3 “好” 🎉 \N \. 	
''','2024-03-02','2024-03-02','person.account 3 “好” 🎉 \N \. 	
''',0,'[0.30000000000000004,-1.5," ","null"]');
CREATE TABLE praise (
	id INTEGER NOT NULL, 
	about INTEGER NOT NULL, 
	"by" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	at DATETIME NOT NULL, value_en TEXT, value_zh TEXT, channel TEXT, points INTEGER, 
	CONSTRAINT praise_pkey PRIMARY KEY (id), 
	CONSTRAINT praise_about_fkey FOREIGN KEY(about) REFERENCES person (id), 
	CONSTRAINT praise_by_fkey FOREIGN KEY("by") REFERENCES person (id)
);
INSERT INTO "praise" VALUES(1,1,1,'praise.text 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','praise.value_en 1 “好” 🎉 \N \. 	
''','praise.value_zh 1 “好” 🎉 \N \. 	
''','praise.channel 1 “好” 🎉 \N \. 	
''',1);
INSERT INTO "praise" VALUES(2,2,2,'praise.text 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458',NULL,NULL,NULL,NULL);
INSERT INTO "praise" VALUES(3,3,3,'praise.text 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','praise.value_en 3 “好” 🎉 \N \. 	
''','praise.value_zh 3 “好” 🎉 \N \. 	
''','praise.channel 3 “好” 🎉 \N \. 	
''',3);
CREATE TABLE praise_rules (
	id INTEGER NOT NULL, 
	"values" JSON NOT NULL, 
	channels JSON NOT NULL, 
	points INTEGER, 
	CONSTRAINT praise_rules_pkey PRIMARY KEY (id)
);
INSERT INTO "praise_rules" VALUES(1,'[0.30000000000000004,-1.5," ","null"]','null',1);
INSERT INTO "praise_rules" VALUES(2,'"5"',2.5,NULL);
INSERT INTO "praise_rules" VALUES(3,'null','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}',3);
CREATE TABLE programme (
	id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	current BOOLEAN, 
	audience JSON NOT NULL, 
	schedule JSON NOT NULL, 
	questions JSON NOT NULL, 
	started_by INTEGER, 
	started_at DATETIME NOT NULL, 
	CONSTRAINT programme_pkey PRIMARY KEY (id), 
	CONSTRAINT programme_current_key UNIQUE (current), 
	CONSTRAINT programme_started_by_fkey FOREIGN KEY(started_by) REFERENCES person (id)
);
INSERT INTO "programme" VALUES(1,'programme.state 1 “好” 🎉 \N \. 	
''',1,5,5,'[0.30000000000000004,-1.5," ","null"]',1,'2026-03-02 09:30:15.123457');
INSERT INTO "programme" VALUES(2,'programme.state 2 “好” 🎉 \N \. 	
''',NULL,'[0.30000000000000004,-1.5," ","null"]','[0.30000000000000004,-1.5," ","null"]','"5"',2,'2026-03-02 09:30:15.123458');
INSERT INTO "programme" VALUES(3,'programme.state 3 “好” 🎉 \N \. 	
''',0,'"5"','"5"','null',3,'2026-03-02 09:30:15.123459');
CREATE TABLE reader (
	broadcast INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	CONSTRAINT reader_pkey PRIMARY KEY (broadcast, person), 
	CONSTRAINT reader_broadcast_fkey FOREIGN KEY(broadcast) REFERENCES broadcast (id), 
	CONSTRAINT reader_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "reader" VALUES(1,1);
INSERT INTO "reader" VALUES(2,2);
INSERT INTO "reader" VALUES(3,3);
CREATE TABLE reading (
	id INTEGER NOT NULL, 
	series TEXT NOT NULL, 
	period TEXT NOT NULL, 
	day DATE NOT NULL, 
	value BIGINT NOT NULL, 
	source TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	"by" INTEGER, 
	token INTEGER, 
	confidence INTEGER, 
	note TEXT NOT NULL, 
	current BOOLEAN NOT NULL, 
	CONSTRAINT reading_pkey PRIMARY KEY (id), 
	CONSTRAINT reading_by_fkey FOREIGN KEY("by") REFERENCES person (id), 
	CONSTRAINT reading_token_fkey FOREIGN KEY(token) REFERENCES api_token (id)
);
INSERT INTO "reading" VALUES(1,'reading.series 1 “好” 🎉 \N \. 	
''','reading.period 1 “好” 🎉 \N \. 	
''','2024-02-29',1,'reading.source 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457',1,1,1,'reading.note 1 “好” 🎉 \N \. 	
''',1);
INSERT INTO "reading" VALUES(2,'reading.series 2 “好” 🎉 \N \. 	
''','reading.period 2 “好” 🎉 \N \. 	
''','2024-03-01',2,'reading.source 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458',2,2,NULL,'reading.note 2 “好” 🎉 \N \. 	
''',0);
INSERT INTO "reading" VALUES(3,'reading.series 3 “好” 🎉 \N \. 	
''','reading.period 3 “好” 🎉 \N \. 	
''','2024-03-02',3,'reading.source 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459',3,3,3,'reading.note 3 “好” 🎉 \N \. 	
''',0);
CREATE TABLE rehearsal (
	cycle INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	asked_by INTEGER NOT NULL, 
	asked_at DATETIME NOT NULL, 
	mark TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	progress INTEGER NOT NULL, 
	until DATETIME, 
	found JSON, 
	failure TEXT NOT NULL, 
	CONSTRAINT rehearsal_pkey PRIMARY KEY (cycle), 
	CONSTRAINT rehearsal_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT rehearsal_asked_by_fkey FOREIGN KEY(asked_by) REFERENCES person (id)
);
INSERT INTO "rehearsal" VALUES(1,'rehearsal.state 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457','rehearsal.mark 1 “好” 🎉 \N \. 	
''',1,1,'2026-03-02 09:30:15.123457','null','rehearsal.failure 1 “好” 🎉 \N \. 	
''');
INSERT INTO "rehearsal" VALUES(2,'rehearsal.state 2 “好” 🎉 \N \. 	
''',2,'2026-03-02 09:30:15.123458','rehearsal.mark 2 “好” 🎉 \N \. 	
''',2,2,NULL,NULL,'rehearsal.failure 2 “好” 🎉 \N \. 	
''');
INSERT INTO "rehearsal" VALUES(3,'rehearsal.state 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459','rehearsal.mark 3 “好” 🎉 \N \. 	
''',3,3,'2026-03-02 09:30:15.123459','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','rehearsal.failure 3 “好” 🎉 \N \. 	
''');
CREATE TABLE response (
	id INTEGER NOT NULL, 
	checkin INTEGER NOT NULL, 
	author INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	text TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT response_pkey PRIMARY KEY (id), 
	CONSTRAINT response_checkin_fkey FOREIGN KEY(checkin) REFERENCES checkin (id), 
	CONSTRAINT response_author_fkey FOREIGN KEY(author) REFERENCES person (id)
);
INSERT INTO "response" VALUES(1,1,1,'response.kind 1 “好” 🎉 \N \. 	
''','response.text 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457');
INSERT INTO "response" VALUES(2,2,2,'response.kind 2 “好” 🎉 \N \. 	
''','response.text 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458');
INSERT INTO "response" VALUES(3,3,3,'response.kind 3 “好” 🎉 \N \. 	
''','response.text 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459');
CREATE TABLE result_release (
	cycle INTEGER NOT NULL, 
	asked_by INTEGER NOT NULL, 
	asked_at DATETIME NOT NULL, 
	approved_by INTEGER, 
	released_at DATETIME, 
	employees_at DATETIME, 
	sealed_at DATETIME, 
	scrubbed_at DATETIME, 
	despite TEXT NOT NULL, 
	CONSTRAINT result_release_pkey PRIMARY KEY (cycle), 
	CONSTRAINT result_release_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT result_release_asked_by_fkey FOREIGN KEY(asked_by) REFERENCES person (id), 
	CONSTRAINT result_release_approved_by_fkey FOREIGN KEY(approved_by) REFERENCES person (id)
);
INSERT INTO "result_release" VALUES(1,1,'2026-03-02 09:30:15.123457',1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','result_release.despite 1 “好” 🎉 \N \. 	
''');
INSERT INTO "result_release" VALUES(2,2,'2026-03-02 09:30:15.123458',2,NULL,NULL,NULL,NULL,'result_release.despite 2 “好” 🎉 \N \. 	
''');
INSERT INTO "result_release" VALUES(3,3,'2026-03-02 09:30:15.123459',3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','result_release.despite 3 “好” 🎉 \N \. 	
''');
CREATE TABLE result_version (
	cycle INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	score TEXT, 
	rating TEXT NOT NULL, 
	coefficient TEXT, 
	inputs JSON NOT NULL, 
	why TEXT NOT NULL, 
	"by" INTEGER, 
	at DATETIME NOT NULL, 
	"before" TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT result_version_pkey PRIMARY KEY (cycle, person, version), 
	CONSTRAINT result_version_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT result_version_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT result_version_by_fkey FOREIGN KEY("by") REFERENCES person (id)
);
INSERT INTO "result_version" VALUES(1,1,1,'result_version.kind 1 “好” 🎉 \N \. 	
''','result_version.score 1 “好” 🎉 \N \. 	
''','result_version.rating 1 “好” 🎉 \N \. 	
''','result_version.coefficient 1 “好” 🎉 \N \. 	
''','null','result_version.why 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457','result_version.before 1 “好” 🎉 \N \. 	
''','result_version.hash 1 “好” 🎉 \N \. 	
''');
INSERT INTO "result_version" VALUES(2,2,2,'result_version.kind 2 “好” 🎉 \N \. 	
''',NULL,'result_version.rating 2 “好” 🎉 \N \. 	
''',NULL,2.5,'result_version.why 2 “好” 🎉 \N \. 	
''',2,'2026-03-02 09:30:15.123458','result_version.before 2 “好” 🎉 \N \. 	
''','result_version.hash 2 “好” 🎉 \N \. 	
''');
INSERT INTO "result_version" VALUES(3,3,3,'result_version.kind 3 “好” 🎉 \N \. 	
''','result_version.score 3 “好” 🎉 \N \. 	
''','result_version.rating 3 “好” 🎉 \N \. 	
''','result_version.coefficient 3 “好” 🎉 \N \. 	
''','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','result_version.why 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459','result_version.before 3 “好” 🎉 \N \. 	
''','result_version.hash 3 “好” 🎉 \N \. 	
''');
CREATE TABLE result_withheld (
	cycle INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	why TEXT NOT NULL, 
	"by" INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	lifted_by INTEGER, 
	lifted_at DATETIME, 
	CONSTRAINT result_withheld_pkey PRIMARY KEY (cycle, person), 
	CONSTRAINT result_withheld_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT result_withheld_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT result_withheld_by_fkey FOREIGN KEY("by") REFERENCES person (id), 
	CONSTRAINT result_withheld_lifted_by_fkey FOREIGN KEY(lifted_by) REFERENCES person (id)
);
INSERT INTO "result_withheld" VALUES(1,1,'result_withheld.why 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457',1,'2026-03-02 09:30:15.123457');
INSERT INTO "result_withheld" VALUES(2,2,'result_withheld.why 2 “好” 🎉 \N \. 	
''',2,'2026-03-02 09:30:15.123458',2,NULL);
INSERT INTO "result_withheld" VALUES(3,3,'result_withheld.why 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459',3,'2026-03-02 09:30:15.123459');
CREATE TABLE "review" (
	id INTEGER NOT NULL, 
	cycle INTEGER NOT NULL, 
	phase TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	about INTEGER NOT NULL, 
	author INTEGER NOT NULL, 
	manager INTEGER, 
	answers JSON NOT NULL, 
	sent_at DATETIME NOT NULL, 
	edited_at DATETIME, 
	CONSTRAINT review_pkey PRIMARY KEY (id), 
	CONSTRAINT review_about_fkey FOREIGN KEY(about) REFERENCES person (id), 
	CONSTRAINT review_author_fkey FOREIGN KEY(author) REFERENCES person (id), 
	CONSTRAINT review_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT review_manager_fkey FOREIGN KEY(manager) REFERENCES person (id), 
	CONSTRAINT review_cycle_phase_about_kind_author_key UNIQUE (cycle, phase, about, kind, author)
);
INSERT INTO "review" VALUES(1,1,'review.phase 1 “好” 🎉 \N \. 	
''','review.kind 1 “好” 🎉 \N \. 	
''',1,1,1,'"5"','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "review" VALUES(2,2,'review.phase 2 “好” 🎉 \N \. 	
''','review.kind 2 “好” 🎉 \N \. 	
''',2,2,2,'null','2026-03-02 09:30:15.123458',NULL);
INSERT INTO "review" VALUES(3,3,'review.phase 3 “好” 🎉 \N \. 	
''','review.kind 3 “好” 🎉 \N \. 	
''',3,3,3,2.5,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE reward (
	id INTEGER NOT NULL, 
	cycle INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	amount BIGINT, 
	title TEXT NOT NULL, 
	why TEXT NOT NULL, 
	letter TEXT NOT NULL, 
	valid_from DATE, 
	version INTEGER NOT NULL, 
	coefficient TEXT, 
	budget INTEGER, 
	proposed_by INTEGER NOT NULL, 
	proposed_at DATETIME NOT NULL, 
	revision INTEGER NOT NULL, 
	approved_by INTEGER, 
	approved_at DATETIME, 
	second_by INTEGER, 
	note TEXT NOT NULL, 
	run INTEGER, 
	replaces INTEGER, 
	channel TEXT NOT NULL, 
	CONSTRAINT reward_pkey PRIMARY KEY (id), 
	CONSTRAINT reward_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT reward_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT reward_proposed_by_fkey FOREIGN KEY(proposed_by) REFERENCES person (id), 
	CONSTRAINT reward_approved_by_fkey FOREIGN KEY(approved_by) REFERENCES person (id), 
	CONSTRAINT reward_second_by_fkey FOREIGN KEY(second_by) REFERENCES person (id), 
	CONSTRAINT reward_budget_fkey FOREIGN KEY(budget) REFERENCES reward_budget (id), 
	CONSTRAINT reward_run_fkey FOREIGN KEY(run) REFERENCES payroll_run (id), 
	CONSTRAINT reward_replaces_fkey FOREIGN KEY(replaces) REFERENCES reward (id)
);
INSERT INTO "reward" VALUES(1,1,1,'reward.kind 1 “好” 🎉 \N \. 	
''','reward.state 1 “好” 🎉 \N \. 	
''',1,'reward.title 1 “好” 🎉 \N \. 	
''','reward.why 1 “好” 🎉 \N \. 	
''','reward.letter 1 “好” 🎉 \N \. 	
''','2024-02-29',1,'reward.coefficient 1 “好” 🎉 \N \. 	
''',1,1,'2026-03-02 09:30:15.123457',1,1,'2026-03-02 09:30:15.123457',1,'reward.note 1 “好” 🎉 \N \. 	
''',1,2,'reward.channel 1 “好” 🎉 \N \. 	
''');
INSERT INTO "reward" VALUES(2,2,2,'reward.kind 2 “好” 🎉 \N \. 	
''','reward.state 2 “好” 🎉 \N \. 	
''',NULL,'reward.title 2 “好” 🎉 \N \. 	
''','reward.why 2 “好” 🎉 \N \. 	
''','reward.letter 2 “好” 🎉 \N \. 	
''',NULL,2,NULL,2,2,'2026-03-02 09:30:15.123458',2,2,NULL,2,'reward.note 2 “好” 🎉 \N \. 	
''',2,3,'reward.channel 2 “好” 🎉 \N \. 	
''');
INSERT INTO "reward" VALUES(3,3,3,'reward.kind 3 “好” 🎉 \N \. 	
''','reward.state 3 “好” 🎉 \N \. 	
''',3,'reward.title 3 “好” 🎉 \N \. 	
''','reward.why 3 “好” 🎉 \N \. 	
''','reward.letter 3 “好” 🎉 \N \. 	
''','2024-03-02',3,'reward.coefficient 3 “好” 🎉 \N \. 	
''',3,3,'2026-03-02 09:30:15.123459',3,3,'2026-03-02 09:30:15.123459',3,'reward.note 3 “好” 🎉 \N \. 	
''',3,1,'reward.channel 3 “好” 🎉 \N \. 	
''');
CREATE TABLE reward_base (
	cycle INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	amount BIGINT NOT NULL, 
	CONSTRAINT reward_base_pkey PRIMARY KEY (cycle, person), 
	CONSTRAINT reward_base_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT reward_base_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "reward_base" VALUES(1,1,1);
INSERT INTO "reward_base" VALUES(2,2,2);
INSERT INTO "reward_base" VALUES(3,3,3);
CREATE TABLE reward_budget (
	id INTEGER NOT NULL, 
	cycle INTEGER NOT NULL, 
	department TEXT NOT NULL, 
	manager INTEGER, 
	amount BIGINT NOT NULL, 
	used BIGINT NOT NULL, 
	CONSTRAINT reward_budget_pkey PRIMARY KEY (id), 
	CONSTRAINT reward_budget_kept CHECK (used >= 0 AND used <= amount), 
	CONSTRAINT reward_budget_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT reward_budget_manager_fkey FOREIGN KEY(manager) REFERENCES person (id)
);
INSERT INTO "reward_budget" VALUES(1,1,'reward_budget.department 1 “好” 🎉 \N \. 	
''',1,1,1);
INSERT INTO "reward_budget" VALUES(2,2,'reward_budget.department 2 “好” 🎉 \N \. 	
''',2,2,2);
INSERT INTO "reward_budget" VALUES(3,3,'reward_budget.department 3 “好” 🎉 \N \. 	
''',3,3,3);
CREATE TABLE reward_rules (
	cycle INTEGER NOT NULL, 
	kinds JSON NOT NULL, 
	currency TEXT NOT NULL, 
	second BIGINT, 
	until DATE NOT NULL, 
	seen_on DATE NOT NULL, 
	channel TEXT NOT NULL, 
	company TEXT NOT NULL, 
	opened_by INTEGER NOT NULL, 
	opened_at DATETIME NOT NULL, 
	CONSTRAINT reward_rules_pkey PRIMARY KEY (cycle), 
	CONSTRAINT reward_rules_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT reward_rules_opened_by_fkey FOREIGN KEY(opened_by) REFERENCES person (id)
);
INSERT INTO "reward_rules" VALUES(1,5,'reward_rules.currency 1 “好” 🎉 \N \. 	
''',1,'2024-02-29','2024-02-29','reward_rules.channel 1 “好” 🎉 \N \. 	
''','reward_rules.company 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457');
INSERT INTO "reward_rules" VALUES(2,'[0.30000000000000004,-1.5," ","null"]','reward_rules.currency 2 “好” 🎉 \N \. 	
''',NULL,'2024-03-01','2024-03-01','reward_rules.channel 2 “好” 🎉 \N \. 	
''','reward_rules.company 2 “好” 🎉 \N \. 	
''',2,'2026-03-02 09:30:15.123458');
INSERT INTO "reward_rules" VALUES(3,'"5"','reward_rules.currency 3 “好” 🎉 \N \. 	
''',3,'2024-03-02','2024-03-02','reward_rules.channel 3 “好” 🎉 \N \. 	
''','reward_rules.company 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459');
CREATE TABLE sealed_answer (
	id TEXT NOT NULL, 
	cycle INTEGER NOT NULL, 
	about INTEGER NOT NULL, 
	phase TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	question TEXT NOT NULL, 
	answer JSON NOT NULL, 
	CONSTRAINT sealed_answer_pkey PRIMARY KEY (id), 
	CONSTRAINT sealed_answer_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT sealed_answer_about_fkey FOREIGN KEY(about) REFERENCES person (id)
)
 WITHOUT ROWID

;
INSERT INTO "sealed_answer" VALUES('sealed_answer.id 1 “好” 🎉 \N \. 	
''',1,1,'sealed_answer.phase 1 “好” 🎉 \N \. 	
''','sealed_answer.kind 1 “好” 🎉 \N \. 	
''','sealed_answer.question 1 “好” 🎉 \N \. 	
''','"5"');
INSERT INTO "sealed_answer" VALUES('sealed_answer.id 2 “好” 🎉 \N \. 	
''',2,2,'sealed_answer.phase 2 “好” 🎉 \N \. 	
''','sealed_answer.kind 2 “好” 🎉 \N \. 	
''','sealed_answer.question 2 “好” 🎉 \N \. 	
''','null');
INSERT INTO "sealed_answer" VALUES('sealed_answer.id 3 “好” 🎉 \N \. 	
''',3,3,'sealed_answer.phase 3 “好” 🎉 \N \. 	
''','sealed_answer.kind 3 “好” 🎉 \N \. 	
''','sealed_answer.question 3 “好” 🎉 \N \. 	
''',2.5);
CREATE TABLE sealed_group (
	cycle INTEGER NOT NULL, 
	about INTEGER NOT NULL, 
	phase TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	shown BOOLEAN NOT NULL, 
	averages JSON NOT NULL, 
	CONSTRAINT sealed_group_pkey PRIMARY KEY (cycle, about, phase), 
	CONSTRAINT sealed_group_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT sealed_group_about_fkey FOREIGN KEY(about) REFERENCES person (id)
)
 WITHOUT ROWID

;
INSERT INTO "sealed_group" VALUES(1,1,'sealed_group.phase 1 “好” 🎉 \N \. 	
''','sealed_group.kind 1 “好” 🎉 \N \. 	
''',1,'null');
INSERT INTO "sealed_group" VALUES(2,2,'sealed_group.phase 2 “好” 🎉 \N \. 	
''','sealed_group.kind 2 “好” 🎉 \N \. 	
''',0,2.5);
INSERT INTO "sealed_group" VALUES(3,3,'sealed_group.phase 3 “好” 🎉 \N \. 	
''','sealed_group.kind 3 “好” 🎉 \N \. 	
''',0,'{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}');
CREATE TABLE suggestion (
	id TEXT NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT suggestion_pkey PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "suggestion" VALUES('suggestion.id 1 “好” 🎉 \N \. 	
''',X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF');
INSERT INTO "suggestion" VALUES('suggestion.id 2 “好” 🎉 \N \. 	
''',X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF');
INSERT INTO "suggestion" VALUES('suggestion.id 3 “好” 🎉 \N \. 	
''',X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF');
CREATE TABLE sweep (
	"key" TEXT NOT NULL, 
	about JSON NOT NULL, 
	due_at DATETIME NOT NULL, 
	cursor INTEGER NOT NULL, 
	done BOOLEAN NOT NULL, 
	CONSTRAINT sweep_pkey PRIMARY KEY ("key")
);
INSERT INTO "sweep" VALUES('sweep.key 1 “好” 🎉 \N \. 	
''','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','2026-03-02 09:30:15.123457',1,1);
INSERT INTO "sweep" VALUES('sweep.key 2 “好” 🎉 \N \. 	
''',5,'2026-03-02 09:30:15.123458',2,0);
INSERT INTO "sweep" VALUES('sweep.key 3 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','2026-03-02 09:30:15.123459',3,0);
CREATE TABLE "task" (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	scope INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	state TEXT NOT NULL, 
	opens_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	until DATETIME NOT NULL, 
	next_at DATETIME, 
	said INTEGER NOT NULL, 
	snoozed BOOLEAN NOT NULL, 
	live TEXT, 
	why TEXT NOT NULL, 
	done_at DATETIME, 
	owner INTEGER NOT NULL, 
	about INTEGER NOT NULL, 
	department TEXT NOT NULL, 
	said_at DATETIME, 
	told_due DATETIME, 
	CONSTRAINT task_pkey PRIMARY KEY (id), 
	CONSTRAINT task_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT task_kind_scope_subject_owner_about_key UNIQUE (kind, scope, subject, owner, about), 
	CONSTRAINT task_owner_fkey FOREIGN KEY(owner) REFERENCES person (id), 
	CONSTRAINT task_about_fkey FOREIGN KEY(about) REFERENCES person (id)
);
INSERT INTO "task" VALUES(1,'task.kind 1 “好” 🎉 \N \. 	
''',1,1,'task.subject 1 “好” 🎉 \N \. 	
''','task.state 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457',1,1,'task.live 1 “好” 🎉 \N \. 	
''','task.why 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457',1,1,'task.department 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "task" VALUES(2,'task.kind 2 “好” 🎉 \N \. 	
''',2,2,'task.subject 2 “好” 🎉 \N \. 	
''','task.state 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458','2026-03-02 09:30:15.123458','2026-03-02 09:30:15.123458',NULL,2,0,NULL,'task.why 2 “好” 🎉 \N \. 	
''',NULL,2,2,'task.department 2 “好” 🎉 \N \. 	
''',NULL,NULL);
INSERT INTO "task" VALUES(3,'task.kind 3 “好” 🎉 \N \. 	
''',3,3,'task.subject 3 “好” 🎉 \N \. 	
''','task.state 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459',3,0,'task.live 3 “好” 🎉 \N \. 	
''','task.why 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459',3,3,'task.department 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE team_channel (
	manager INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	CONSTRAINT team_channel_pkey PRIMARY KEY (manager), 
	CONSTRAINT team_channel_manager_fkey FOREIGN KEY(manager) REFERENCES person (id)
);
INSERT INTO "team_channel" VALUES(1,'team_channel.channel 1 “好” 🎉 \N \. 	
''');
INSERT INTO "team_channel" VALUES(2,'team_channel.channel 2 “好” 🎉 \N \. 	
''');
INSERT INTO "team_channel" VALUES(3,'team_channel.channel 3 “好” 🎉 \N \. 	
''');
CREATE TABLE template (
	name TEXT NOT NULL, 
	text TEXT NOT NULL, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT template_pkey PRIMARY KEY (name)
);
INSERT INTO "template" VALUES('template.name 1 “好” 🎉 \N \. 	
''','template.text 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457');
INSERT INTO "template" VALUES('template.name 2 “好” 🎉 \N \. 	
''','template.text 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458');
INSERT INTO "template" VALUES('template.name 3 “好” 🎉 \N \. 	
''','template.text 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459');
CREATE TABLE timeline (
	cycle INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	told JSON NOT NULL, 
	CONSTRAINT timeline_pkey PRIMARY KEY (cycle, person), 
	CONSTRAINT timeline_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT timeline_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "timeline" VALUES(1,1,'[0.30000000000000004,-1.5," ","null"]');
INSERT INTO "timeline" VALUES(2,2,'"5"');
INSERT INTO "timeline" VALUES(3,3,'null');
CREATE TABLE training (
	id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	title TEXT NOT NULL, 
	title_zh TEXT NOT NULL, 
	hours BIGINT, 
	mode TEXT NOT NULL, 
	link TEXT NOT NULL, 
	skills TEXT NOT NULL, 
	cost BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	offered BOOLEAN NOT NULL, 
	CONSTRAINT training_pkey PRIMARY KEY (id), 
	CONSTRAINT training_code_key UNIQUE (code)
);
INSERT INTO "training" VALUES(1,'training.code 1 “好” 🎉 \N \. 	
''','training.title 1 “好” 🎉 \N \. 	
''','training.title_zh 1 “好” 🎉 \N \. 	
''',1,'training.mode 1 “好” 🎉 \N \. 	
''','training.link 1 “好” 🎉 \N \. 	
''','training.skills 1 “好” 🎉 \N \. 	
''',1,'training.currency 1 “好” 🎉 \N \. 	
''',1);
INSERT INTO "training" VALUES(2,'training.code 2 “好” 🎉 \N \. 	
''','training.title 2 “好” 🎉 \N \. 	
''','training.title_zh 2 “好” 🎉 \N \. 	
''',NULL,'training.mode 2 “好” 🎉 \N \. 	
''','training.link 2 “好” 🎉 \N \. 	
''','training.skills 2 “好” 🎉 \N \. 	
''',2,'training.currency 2 “好” 🎉 \N \. 	
''',0);
INSERT INTO "training" VALUES(3,'training.code 3 “好” 🎉 \N \. 	
''','training.title 3 “好” 🎉 \N \. 	
''','training.title_zh 3 “好” 🎉 \N \. 	
''',3,'training.mode 3 “好” 🎉 \N \. 	
''','training.link 3 “好” 🎉 \N \. 	
''','training.skills 3 “好” 🎉 \N \. 	
''',3,'training.currency 3 “好” 🎉 \N \. 	
''',0);
CREATE INDEX person_manager ON person (manager);
CREATE INDEX message_waiting ON message (urgency, due_at, seq) WHERE state = 'waiting';
CREATE INDEX message_turn ON message (addressee, seq) WHERE urgency = 0 AND state IN ('waiting', 'sending');
CREATE INDEX message_held ON message (owner) WHERE owner IS NOT NULL;
CREATE INDEX message_sending ON message (lease_until) WHERE state = 'sending';
CREATE INDEX message_unsure ON message (unsure_since) WHERE state = 'unsure';
CREATE INDEX message_parked ON message (seq) WHERE state = 'parked';
CREATE INDEX inbound_at ON inbound (at);
CREATE INDEX checkin_person_round ON checkin (person, round);
CREATE INDEX response_checkin ON response (checkin);
CREATE INDEX task_open ON task (person, due_at) WHERE state = 'open';
CREATE INDEX task_counted ON task (scope, kind, subject, department, state);
CREATE INDEX task_next ON task (next_at, person) WHERE state = 'open' AND next_at IS NOT NULL;
CREATE INDEX task_owned ON task (owner) WHERE state = 'open';
CREATE INDEX task_about ON task (about) WHERE state = 'open';
CREATE INDEX message_day ON message (person, day) WHERE day IS NOT NULL;
CREATE INDEX message_stale ON message (urgency, stale_due_at) WHERE state = 'sent' AND stale_due_at IS NOT NULL;
CREATE INDEX participant_person ON participant (person);
CREATE INDEX participant_manager ON participant (cycle, manager, person);
CREATE INDEX participant_asked ON participant (cycle, person) WHERE place = 'asked';
CREATE INDEX delegation_person ON delegation (person);
CREATE INDEX delegation_deputy ON delegation (deputy);
CREATE INDEX rehearsal_to_do ON rehearsal (asked_at) WHERE state IN ('asked', 'playing');
CREATE INDEX sweep_due ON sweep (due_at) WHERE NOT done;
CREATE INDEX notice_due ON notice (due_at) WHERE state = 'waiting';
CREATE INDEX notice_person ON notice (person) WHERE state = 'waiting';
CREATE INDEX checkin_late ON checkin (programme, round, person) WHERE late = 1;
CREATE INDEX goal_person ON goal (person);
CREATE INDEX goal_parent ON goal (parent, gives);
CREATE INDEX goal_cycle_person ON goal (cycle, person);
CREATE INDEX goal_above ON goal (cycle, level) WHERE level <> 'person';
CREATE INDEX goal_metric ON goal (metric) WHERE metric <> '';
CREATE INDEX goal_version_goal ON goal_version (goal);
CREATE INDEX goal_step_goal ON goal_step (goal);
CREATE UNIQUE INDEX reading_current ON reading (series, period) WHERE current = 1;
CREATE INDEX reading_replaced ON reading (series, period) WHERE NOT current;
CREATE INDEX file_order_asked_at ON file_order (asked_at);
CREATE INDEX file_order_to_do ON file_order (asked_at) WHERE state IN ('asked', 'sending');
CREATE INDEX dropped_sheet_at ON dropped_sheet (at);
CREATE INDEX goal_signal_raised ON goal_signal (raised_to) WHERE raised_to IS NOT NULL;
CREATE INDEX review_author ON review (cycle, author);
CREATE INDEX review_about ON review (cycle, about);
CREATE UNIQUE INDEX conversation_kept_key ON conversation (person, flow, subject) WHERE state <> 'dropped';
CREATE UNIQUE INDEX conversation_in_chat_key ON conversation (person) WHERE in_chat = 1;
CREATE INDEX person_roled ON person (id) WHERE CAST(roles AS TEXT) <> '[]';
CREATE INDEX task_round_about ON task (kind, scope, subject, about);
CREATE INDEX praise_about ON praise (about, at);
CREATE INDEX praise_by ON praise ("by", at);
CREATE INDEX nomination_reviewer ON nomination (cycle, reviewer);
CREATE INDEX guest_about ON guest (cycle, about);
CREATE INDEX pen_cycle ON pen (cycle);
CREATE INDEX sealed_answer_about ON sealed_answer (cycle, about);
CREATE INDEX comment_flag_cycle ON comment_flag (cycle);
CREATE INDEX calibration_cycle ON calibration (cycle);
CREATE INDEX calibration_seat_session ON calibration_seat (session, person);
CREATE INDEX interview_person ON interview (person, state);
CREATE INDEX interview_manager ON interview (manager, state);
CREATE INDEX interview_time_interview ON interview_time (interview);
CREATE INDEX calendar_next ON calendar (next_at);
CREATE INDEX calendar_busy_person ON calendar_busy (person, ends_at);
CREATE INDEX calendar_writing_next ON calendar_writing (next_at);
CREATE INDEX interview_said_by ON interview_said ("by");
CREATE INDEX interview_signature_by ON interview_signature ("by");
CREATE INDEX appeal_person ON appeal (person);
CREATE INDEX appeal_cycle ON appeal (cycle);
CREATE UNIQUE INDEX appeal_open ON appeal (cycle, person) WHERE ended_at IS NULL;
CREATE INDEX appeal_step_appeal ON appeal_step (appeal);
CREATE INDEX appeal_step_by ON appeal_step ("by");
CREATE INDEX appeal_seat_person ON appeal_seat (person);
CREATE INDEX action_person ON action (person, state);
CREATE INDEX action_of ON action (source, "of");
CREATE INDEX carried_person ON carried (person, cycle);
CREATE UNIQUE INDEX development_loose ON development (person) WHERE cycle IS NULL;
CREATE INDEX development_step_plan ON development_step ("plan");
CREATE INDEX development_step_by ON development_step ("by");
CREATE INDEX enrolment_person ON enrolment (person);
CREATE INDEX enrolment_training ON enrolment (training, state);
CREATE INDEX improvement_person ON improvement (person);
CREATE INDEX improvement_manager ON improvement (manager);
CREATE UNIQUE INDEX improvement_one ON improvement (person) WHERE ended_at IS NULL;
CREATE INDEX improvement_step_by ON improvement_step ("by");
CREATE INDEX improvement_step_handed ON improvement_step ("plan") WHERE kind = 'handed';
CREATE UNIQUE INDEX reward_budget_manager ON reward_budget (cycle, manager) WHERE manager IS NOT NULL;
CREATE UNIQUE INDEX reward_budget_department ON reward_budget (cycle, department) WHERE manager IS NULL;
CREATE INDEX reward_person ON reward (person, cycle);
CREATE INDEX reward_state ON reward (cycle, state);
CREATE INDEX reward_run ON reward (run);
CREATE INDEX clipping_at ON clipping (at);
CREATE INDEX evidence_about ON evidence (about, day);
CREATE INDEX evidence_by ON evidence ("by", at);
CREATE INDEX feedback_request_by ON feedback_request ("by", at);
CREATE INDEX feedback_request_whom ON feedback_request (whom, at);
CREATE INDEX feedback_about ON feedback (about, at);
CREATE INDEX feedback_by ON feedback ("by", at);
CREATE INDEX meeting_person ON meeting (person);
CREATE INDEX meeting_point_open ON meeting_point (meeting) WHERE ended_at IS NULL;
CREATE INDEX meeting_point_by ON meeting_point ("by");
CREATE INDEX meeting_note_meeting ON meeting_note (meeting);
CREATE INDEX meeting_note_by ON meeting_note ("by");
COMMIT;
